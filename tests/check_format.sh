#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every C file is as clang-format leaves it.
set -u
command -v clang-format >/dev/null || { echo "skipped: clang-format is not installed"; exit 77; }
cd "${top_srcdir:-.}" || exit 1
case $(clang-format --version) in
*'version 14.'*) ;;
*) echo "skipped: the layout is that of clang-format 14"; exit 77 ;;
esac
clang-format --dry-run -Werror include/isdn/*.h base/*.[ch] q921/*.[ch] q931/*.[ch] lib/*.[ch] \
	drivers/*.[ch] utils/*.[ch] examples/*.c $(find tests fuzz -name '*.[ch]')
