#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Each public header stands alone, in C11 and in C++11.
set -u
src=${top_srcdir:-.} bad=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for h in "$src"/include/isdn/*.h; do
	name=isdn/$(basename "$h")
	echo "#include <$name>" >"$tmp/t.c"
	cp "$tmp/t.c" "$tmp/t.cc"
	${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$src/include" -fsyntax-only "$tmp/t.c" || bad=1
	if command -v g++ >/dev/null; then
		g++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -I"$src/include" -fsyntax-only "$tmp/t.cc" || bad=1
	fi
done
exit $bad
