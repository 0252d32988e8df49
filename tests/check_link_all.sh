#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# libisdn.a beside libpri.a, and beside libosmoisdn where it is installed: no name twice.
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
# shellcheck disable=SC2086
${CC:-cc} $flags -I"$src/include" -o "$tmp/all" "$src/tests/link_all.c" \
	-Wl,--whole-archive "$lib" "$pri" -Wl,--no-whole-archive || exit 1
"$tmp/all" || exit 1
for other in "$pri" "$(${CC:-cc} -print-file-name=libosmoisdn.a)"; do
	[ -e "$other" ] || continue
	for a in "$lib" "$other"; do
		nm -g --defined-only "$a" 2>/dev/null | awk 'NF == 3 {print $3}' | sort -u >"$tmp/$(basename "$a").names"
	done
	twice=$(comm -12 "$tmp/libisdn.a.names" "$tmp/$(basename "$other").names" | grep -v '^__' || true)
	[ -z "$twice" ] || { echo "names in both libisdn.a and $other: $twice"; exit 1; }
done
