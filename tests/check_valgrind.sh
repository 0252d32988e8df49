#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The unit tests under valgrind: no error, no leak, no descriptor left open.
# usage: check_valgrind.sh   from make check-valgrind; UNIT_TESTS are the programs
set -u
src=${top_srcdir:-.} build=${top_builddir:-.} bad=0
command -v valgrind >/dev/null || { echo "skipped: valgrind is not installed"; exit 77; }
for t in $UNIT_TESTS; do
	program=$build/$t
	[ ! -x "$build/$(dirname "$t")/.libs/$(basename "$t")" ] ||
		program=$build/$(dirname "$t")/.libs/$(basename "$t")
	if TEST_VALGRIND=1 LD_LIBRARY_PATH=$build/.libs valgrind -q --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=all --num-callers=40 --suppressions="$src/tests/valgrind.supp" "$program" >"$build/valgrind.log" 2>&1; then
		echo "clean: $t"
	elif [ $? = 77 ]; then
		echo "skipped: $t"
	else
		echo "NOT CLEAN: $t"
		tail -n 40 "$build/valgrind.log"
		bad=1
	fi
done
exit $bad
