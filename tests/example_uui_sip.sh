#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/uui-sip, what a SIP gateway does: its output, its complaints and its status, to the letter.
set -u
program=${top_builddir:-.}/examples/uui-sip
. "${top_srcdir:-.}/tests/example_lib.sh"

longest=$(hex 128)

is 0 7e0404627965 '04627965;purpose=isdn-uui;content=isdn-uui;encoding=hex'
is 0 7e0404627965 '04627965'
is 0 7e0b00fa080019001038f725b3 '00FA080019001038F725B3;encoding=hex'
is 0 7e0100 '"00"'
is 0 "7e8104$longest" "04$longest;encoding=hex"
is 0 'left out: User-to-User: purpose "foo" at offset 33 is another package'"'"'s: isdn-uui is read here
7e020461' '56a390f3d2b7;content=bar;purpose=foo, 0461 , 0462'
is 0 'left out: User-to-User: encoding "ascii" at offset 15 is not known: hex is what isdn-uui has
7e020461' 'hello;encoding=ascii' '0461'
is 1 'left out: User-to-User: there are 3 hex digits from offset 0, an odd number: two are needed for each octet
nothing here is for an ISDN' 046
is 1 "left out: User-to-User: the data at offset 0 has 130 octets: an element carries 129, 128 of them behind the protocol discriminator
nothing here is for an ISDN" "04${longest}ff"
is 1 'nothing here is for an ISDN' ''
is 0 '04627965;purpose=isdn-uui;content=isdn-uui;encoding=hex' --to-sip 7e0404627965
is 0 "04$longest;purpose=isdn-uui;content=isdn-uui;encoding=hex" --to-sip "7E8104$longest"
is 0 '00;purpose=isdn-uui;content=isdn-uui;encoding=hex' --to-sip 7e0100
is 1 '7e0304: a User-user element is 7e, its length, octets' --to-sip 7e0304
is 1 '7e 1: a User-user element is 7e, its length, octets' --to-sip '7e 1'
is 1 'user-user information has no octet: the first one is the protocol discriminator' --to-sip 7e00
is 2 'usage: uui-sip VALUE... | uui-sip --to-sip HEX' --to-sip
is 2 'usage: uui-sip VALUE... | uui-sip --to-sip HEX'
echo "1..$n"
exit $failed
