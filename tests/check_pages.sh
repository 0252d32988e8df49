#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The pages as a whole: libisdn(3) has every function, every page is reached from there or isdn(7), isdn-libpri(7) has all
# of libpri, and the C of every EXAMPLES section compiles. The rule for that: a literal block of EXAMPLES without an offset,
# and without a comment "output" before it, is C; elsewhere one with a comment "C". A block with main is a whole program. Of
# others, functions, structures and what is between them are at file level, and the rest is in a function; there
# tests/pages_preamble.h has the variables that pages take for granted.
set -u
src=${top_srcdir:-.} bad=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

complain() {
	echo "$*"
	bad=1
}

# The page that has a name: itself, or the one that it is a link to.
page_of() {
	to=$(sed -n "s/^\t$1:\([a-z_]*\) .*/\1/p; s/^\t$1:\([a-z_]*\)$/\1/p" "$src/man/local.mk")
	echo "${to:-$1}.$2"
}

for f in $(sed -n 's/^\t\(isdn_[a-z0-9_]*\);$/\1/p' "$src/lib/libisdn.map"); do
	grep -qxF ".It Xr $f 3" "$src/man/libisdn.3" || complain "libisdn(3) has no line about $f"
	[ -f "$src/man/$(page_of "$f" 3)" ] || complain "$f has no page, and is no link in man/local.mk"
done

# Pages that were reached, and those that are to be looked at.
reached=' ' todo='libisdn.3 isdn.7'
while [ "$todo" ]; do
	next=
	for page in $todo; do
		case $reached in *" $page "*) continue ;; esac
		reached="$reached$page "
		for name in $(sed -n 's/^\.Xr \([^ ]*\) \([1357]\).*/\1.\2/p; s/^\.It Xr \([^ ]*\) \([1357]\).*/\1.\2/p' "$src/man/$page" |
			grep -E '^(lib)?isdn|^q931' | sort -u); do
			target=$(page_of "${name%.*}" "${name##*.}")
			if [ -f "$src/man/$target" ]; then
				next="$next $target"
			else
				complain "$page refers to $name, which is not there"
			fi
		done
	done
	todo=$(echo "$next" | tr ' ' '\n' | sort -u | tr '\n' ' ' | sed 's/^ *//')
done
for page in "$src"/man/*.[1357]; do
	case $reached in *" ${page##*/} "*) ;; *) complain "${page##*/} is reached neither from libisdn(3) nor from isdn(7)" ;; esac
done

libpri=${LIBPRI_H:-/usr/include/libpri.h}
if [ -f "$libpri" ]; then
	for f in $(grep -oE '\bpri_[a-z0-9_]+\(' "$libpri" | tr -d '(' | sort -u); do
		grep -qE "^\.It.* Fn $f( |$)" "$src/man/isdn-libpri.7" || complain "isdn-libpri(7) does not tell of $f"
	done
	for e in $(grep -oE '#define[ 	]+PRI_EVENT_[A-Z_]+' "$libpri" | awk '{ print $2 }'); do
		grep -qE "^\.It.* Dv $e( |$)" "$src/man/isdn-libpri.7" || complain "isdn-libpri(7) does not tell of $e"
	done
else
	echo "not compared: $libpri is not installed"
fi

# Blocks of EXAMPLES, a file each: PAGE.N.c.
for page in "$src"/man/*.[37]; do
	awk -v base="$dir/${page##*/}" '
		/^\.Sh /{ in_examples = /EXAMPLES/ }
		/^\.\\" C$/{ marked = 1 }
		/^\.\\" output$/{ output = 1 }
		/^\.Bd /{ if (marked || (in_examples && !output && !/-offset/)) f = base "." ++n ".c"; marked = output = 0; next }
		/^\.Ed/{ if (f) close(f); f = "" }
		f { gsub(/\\e/, "\\"); sub(/^\\&/, ""); print >>f }' "$page"
done
# What is not there can not be compiled for.
exists() { printf '#include <%s>\n' "$1" | $CC -fsyntax-only -x c - 2>/dev/null; }
blocks=0
for c in "$dir"/*.c; do
	for header in libpri.h event2/event.h uv.h; do
		if grep -q "include <$header>" "$c" && ! exists "$header"; then continue 2; fi
	done
	blocks=$((blocks + 1))
	if grep -q '^int main(' "$c"; then
		cp "$c" "$dir/whole"
	else
		awk -v preamble="$src/tests/pages_preamble.h" '
			{ line[NR] = $0 }
			/^\{$/ || /^(static|struct|enum|union) .*\{$/{ inside = 1 }
			inside && /^}/{ last = NR; inside = 0 }
			END {
				while ((getline l <preamble) > 0) print l
				for (i = 1; i <= last; i++) print line[i]
				print "void block(void);\nvoid block(void)\n{\n\tDECLARATIONS\n{"
				for (i = last + 1; i <= NR; i++) print line[i]
				print "}\n}"
			}' "$c" >"$dir/whole"
	fi
	$CC -std=c11 -Wall -Wextra -Wno-unused -Wno-maybe-uninitialized -Werror -I"$src/include" -fsyntax-only -x c "$dir/whole" 2>"$dir/errors" || {
		name=${c##*/}
		complain "${name%.*.c}: block ${name#"${name%.*.c}".} does not compile:"
		sed "s|^$dir/whole||" "$dir/errors" | head -n "${LINES_SHOWN:-4}"
	}
done
[ $blocks -gt 20 ] || complain "only $blocks blocks were found"
echo "$blocks blocks of C compiled"
exit $bad
