#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/sip-gateway: its output and status, to the letter; and isdn_uui(3), which shows the program, shows this one.
set -u
src=${top_srcdir:-.}
program=${top_builddir:-.}/examples/sip-gateway
page=$src/man/isdn_uui.3
. "$src/tests/example_lib.sh"

# What the exchange makes of so many octets, the first header field, 200 OK.
call() {
	printf 'SETUP, %s octets of UUI\n180 Ringing\n200 OK\n' "$1"
	[ -z "$2" ] || printf '  User-to-User: %s;encoding=hex\n' "$2"
	printf 'BYE\n  User-to-User: 04627965;encoding=hex\n'
}

is 0 "$(call 6 0468656c6c6f)" loop:line,user '0468656c6c6f;encoding=hex'
is 0 "$(call 6 0468656c6c6f)" loop:line,user,4ess '0468656C6C6F;purpose=isdn-uui;content=isdn-uui'
is 0 "$(call 1 00)" loop:line,user 00
is 0 "$(call 129 "$(hex 129)")" loop:line,user "$(hex 129)"
is 0 "left out: User-to-User: purpose \"foo\" at offset 13 is another package's: isdn-uui is read here
$(call 2 0461)" loop:line,user '0462;purpose=foo, 0461, 0463' 0464
is 0 "$(call 0 '')" loop:line,user ''
# A value is sent whole, or not at all.
is 0 "$(call 33 "$(hex 33)")" loop:line,user,uui=32 "$(hex 33)"
is 0 "left out: 34 octets are more than the line carries
$(call 0 '')" loop:line,user,uui=32 "$(hex 34)"
is 0 "left out: User-to-User: the data at offset 0 has 130 octets: an element carries 129, 128 of them behind the protocol discriminator
$(call 0 '')" loop:line,user "$(hex 130)"
is 0 "$(call 0 '')" loop:line,user,uui=0 0461
is 1 'span option "uui=129": a whole number from 0 to 128 is needed' loop:line,user,uui=129 00
is 2 'usage: sip-gateway SPAN VALUE...' loop:line,user

shows_program "$page" "$src/examples/sip-gateway.c"
shows_output "$page"
echo "1..$n"
exit $failed
