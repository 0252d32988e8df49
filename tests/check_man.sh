#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The manual: mandoc finds no fault, and each exported function and each option of the programs has its place.
set -u
src=${top_srcdir:-.} build=${top_builddir:-.} bad=0
command -v mandoc >/dev/null || { echo "skipped: mandoc is not installed"; exit 77; }
mandoc -Tlint -Wwarning "$src"/man/*.[1357] || bad=1
for f in $(sed -n 's/^\t\(isdn_[a-z0-9_]*\);$/\1/p' "$src/lib/libisdn.map" "$src/control/libisdn-control.map"); do
	grep -qE "^\.Nm $f( |$)" "$src"/man/*.3 || { echo "$f: no page names it (.Nm)"; bad=1; }
	grep -qE "^\.Fo $f$|^\.Fn $f( |$)" "$src"/man/*.3 || { echo "$f: no page has its synopsis"; bad=1; }
done
for p in q931-drop q931-dump q931-load; do
	listed=$("$build/utils/$p" --completion bash | grep -oE -e '--[a-z][a-z0-9-]*' | sort -u | grep -vx -e --completion)
	[ "$listed" ] || { echo "$p has no option"; bad=1; }
	for o in $listed; do
		grep -qE "^\.It Fl Fl ${o#--}( |$)" "$src/man/$p.1" || { echo "$p(1) does not tell of $o"; bad=1; }
	done
done
# Help fits a screen of 24 lines of 80 columns.
screen() {
	"$@" --help | awk -v what="$*" 'length > 80 { wide = 1 } END { if (wide || NR > 24) { print what " --help: " NR " lines, " (wide ? "more than 80 columns" : ""); exit 1 } }' || bad=1
}
for p in q931-drop q931-dump q931-load; do
	screen "$build/utils/$p"
	for c in $("$build/utils/$p" --help | sed -n 's/^  \([a-z]\{1,\}\) .*/\1/p' | grep -v '^also$'); do
		screen "$build/utils/$p" "$c"
	done
done
exit $bad
