#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/provider: what it prints and its status; and isdn_provider(3), which shows the program, shows this one.
set -u
src=${top_srcdir:-.}
program=${top_builddir:-.}/examples/provider
page=$src/man/isdn_provider.3
. "$src/tests/example_lib.sh"

# What arrives is shown, whatever the line carries the other way.
shown=$(sed -n '/^\.Bd -literal -offset indent$/,/^\.Ed$/{/^\./d;p;}' "$page")
is 0 "$shown" loop:line,user,uui=0
is 1 'span option "uui=129": a whole number from 0 to 128 is needed' loop:line,user,uui=129
is 2 'usage: provider SPAN'
shows_program "$page" "$src/examples/provider.c"
shows_output "$page"
echo "1..$n"
exit $failed
