#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The two programs of isdn-libpri(7), before and after, do the same, and the page shows them.
set -u
src=${top_srcdir:-.} build=${top_builddir:-.} page=$src/man/isdn-libpri.7
. "$src/tests/example_lib.sh"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
page_blocks "$page"

# both FILE PROGRAM ARG OPTIONS-OF-THE-FAR-END ASAN_OPTIONS
both() {
	shows_block "$src/$1"
	[ -x "$2" ] || { ok "$1 # SKIP libpri-dev is not installed"; return; }
	rm -f "$dir/s"
	begin far "$build/examples/drop" "socket:$dir/s,net,listen$4" 5551234 x
	far=$began
	until_listens s
	begin near env ASAN_OPTIONS="$5" "$2" "$3"
	ends $far 0 "$1: a call is answered"
	ends $began 0 "$1: it ends with the line"
}
both tests/from_libpri_before.c "$build/tests/from_libpri_before" "$dir/s" ,fcs detect_leaks=0 # libpri has no destructor
both examples/from-libpri.c "$build/examples/from-libpri" "socket:$dir/s,user" '' ''
echo "1..$n"
exit $failed
