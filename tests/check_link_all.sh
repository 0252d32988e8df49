#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# libisdn.a beside libpri.a and Osmocom's LAPD (libosmogsm, later libosmoisdn): no name twice.
set -u
src=${top_srcdir:-.} build=${top_builddir:-.}
lib=$build/.libs/libisdn.a
[ -e "$lib" ] || { echo "skipped: this build has no static library"; exit 77; }
pri=$(${CC:-cc} -print-file-name=libpri.a)
[ -e "$pri" ] || { echo "skipped: libpri-dev is not installed"; exit 77; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
flags=
if nm "$lib" 2>/dev/null | grep -q __asan_init; then flags=-fsanitize=address,undefined; fi
osmo=
for l in osmoisdn osmogsm; do
	file=$(${CC:-cc} -print-file-name=lib$l.so)
	[ ! -e "$file" ] || osmo="$osmo $file"
done
# shellcheck disable=SC2086
${CC:-cc} $flags -I"$src/include" -o "$tmp/all" "$src/tests/link_all.c" \
	-Wl,--whole-archive "$lib" "$pri" -Wl,--no-whole-archive -Wl,--no-as-needed $osmo || exit 1
"$tmp/all" || exit 1
names() { awk 'NF == 3 {print $3}' | sed 's/@.*//' | sort -u; }
nm -g --defined-only "$lib" 2>/dev/null | names >"$tmp/ours"
for other in $pri $osmo; do
	case $other in
	*.so) nm -D --defined-only "$other" ;;
	*) nm -g --defined-only "$other" 2>/dev/null ;;
	esac | names >"$tmp/theirs"
	[ -s "$tmp/theirs" ] || { echo "$other has no names"; exit 1; }
	twice=$(comm -12 "$tmp/ours" "$tmp/theirs" | grep -v '^__' || true)
	[ -z "$twice" ] || { echo "names in both libisdn.a and $other: $twice"; exit 1; }
	echo "no name of libisdn.a is in $(basename "$other")"
done
