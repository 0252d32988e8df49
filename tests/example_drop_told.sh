#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/drop-told: isdn-drop(7) shows what it prints, so that nothing in there is invented.
set -u
src=${top_srcdir:-.}
program=${top_builddir:-.}/examples/drop-told
. "$src/tests/example_lib.sh"

shows_output "$src/man/isdn-drop.7"
echo "1..$n"
exit $failed
