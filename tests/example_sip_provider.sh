#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/sip-provider between a scripted SIP far end and ISDN far ends: causes and UUI cross both ways.
set -u
src=${top_srcdir:-.} build=${top_builddir:-.} program=$build/examples/sip-provider
drop=$build/examples/drop answer=$build/examples/answer q931_drop=$build/utils/q931-drop
command -v python3 >/dev/null || { echo "skipped: python3, which plays the SIP far end, is not installed"; exit 77; }
. "$src/tests/example_lib.sh"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# far SCRIPT: the SIP end and the gateway, which listens for the ISDN end; the process in $far.
far() {
	rm -f "$dir/s"
	printf '%s\n' "$1" >"$dir/script"
	begin sip python3 "$src/tests/sip_far.py" "$program" "socket:$dir/s,net,listen" "$dir/gateway" "$dir/script"
	far=$began
	until_listens s
}

far 'wait INVITE
send 180 Ringing |User-to-User: 0472696e67;encoding=hex
send 200 OK |User-to-User: 0468656c6c6f;encoding=hex
wait ACK
wait BYE
send 200 OK
close'
begin isdn "$q931_drop" call "socket:$dir/s,user" 5551 --from 42 --setup-uui hi --uui bye --drop-after 0
ends $began 0 "an ISDN call is answered by SIP, and dropped"
ends "$far" 0 "and the gateway ends with its connection"
shows sip "the drop crosses with cause and UUI" '< INVITE sip:5551@HOST;transport=tcp
    User-to-User: 046869;encoding=hex
> send 180 Ringing
    User-to-User: 0472696e67;encoding=hex
> send 200 OK
    User-to-User: 0468656c6c6f;encoding=hex
< ACK sip:far
< BYE sip:far
    Reason: Q.850;cause=16;text="normal call clearing"
    User-to-User: 04627965;encoding=hex
> send 200 OK
> close
status 0'
grep 'UUI' "$dir/isdn" | sed 's/^ *[0-9.]* *//' >"$dir/uui"
shows uui "the ISDN end was told what SIP said" 'call 1: UUI received: 04 "ring" 72696e67
call 1: UUI received: 04 "hello" 68656c6c6f
call 1: dropped: CLEARED, UUI sent'

far 'wait INVITE
send 486 Busy Here |Reason: SIP;cause=486, Q.850;cause=17 |User-to-User: 0466756c6c
wait ACK
wait INVITE
send 603 Decline
wait ACK
close'
begin isdn "$drop" "socket:$dir/s,user" 5551 bye
wait $began
shows isdn "a SIP end that is busy" 'DIALING
DISCONNECTED, cause 17 (user busy), remote
IDLE, cause 17 (user busy), remote
UUI received, discriminator 4: full' '^link|^PROCEEDING'
begin isdn "$drop" "socket:$dir/s,user" 5551 bye
wait $began
shows isdn "a status without Reason" 'DIALING
DISCONNECTED, cause 21 (call rejected), remote
IDLE, cause 21 (call rejected), remote' '^link|^PROCEEDING'
wait "$far"

far 'wait INVITE
send 180 Ringing
wait CANCEL
send 200 OK
send 487 Request Terminated for-invite
wait ACK
close'
begin isdn "$drop" "socket:$dir/s,user" 5551 bye
until_has isdn RINGBACK
kill -INT $began
wait $began
wait "$far"
shows sip "who gives up while SIP rings is told by CANCEL" '< INVITE sip:5551@HOST;transport=tcp
> send 180 Ringing
< CANCEL sip:5551@HOST;transport=tcp
    Reason: Q.850;cause=16;text="normal call clearing"
> send 200 OK
> send 487 Request Terminated for-invite
< ACK sip:5551@HOST;transport=tcp
> close
status 0'

far 'invite 12 |User-to-User: 046869;encoding=hex
wait 200 INVITE
ack
bye |Reason: Q.850;cause=31;text="x" |User-to-User: 04627965;encoding=hex
wait 200 BYE
invite 13
wait 486 INVITE
ack
invite 12
wait 200 INVITE
ack
raw garbage\r\n\r\n
end'
begin isdn "$answer" "socket:$dir/s,user" hello 13=17
ends "$far" 0 "three SIP calls"
until_has isdn 'call 3: IDLE'
kill $began
wait $began
shows sip "one is answered and ends, one is refused; after garbage there is no connection" '> invite 12
    User-to-User: 046869;encoding=hex
< 100 Trying
< 180 Ringing
    User-to-User: 0468656c6c6f;encoding=hex
< 200 OK
    User-to-User: 0468656c6c6f;encoding=hex
> ack
> bye
    Reason: Q.850;cause=31;text="x"
    User-to-User: 04627965;encoding=hex
< 200 OK
> invite 13
< 100 Trying
< 486 Busy Here
    Reason: Q.850;cause=17;text="user busy"
    User-to-User: 0468656c6c6f;encoding=hex
> ack
> invite 12
< 100 Trying
< 180 Ringing
    User-to-User: 0468656c6c6f;encoding=hex
< 200 OK
    User-to-User: 0468656c6c6f;encoding=hex
> ack
> raw garbage\r\n\r\n
> end
the gateway closed the connection, status 0'
shows_of isdn 'call 1: ' 'call 1: OFFERING, from 42 to 12, UUI 4:hi
call 1: ACCEPTED
call 1: CONNECTED
call 1: DISCONNECTED, cause 31 (normal, unspecified), remote
call 1: IDLE, cause 31 (normal, unspecified), local, UUI 4:bye'
shows_of isdn 'call 2: ' 'call 2: OFFERING, from 42 to 13
call 2: IDLE, cause 17 (user busy), local'
shows_of isdn 'call 3: ' 'call 3: OFFERING, from 42 to 12
call 3: ACCEPTED
call 3: CONNECTED
call 3: DISCONNECTED, cause 27 (destination out of order), remote
call 3: IDLE, cause 27 (destination out of order), local'

far 'invite 12
wait 180 INVITE
cancel |Reason: SIP;cause=200, Q.850;cause=26
wait 487 INVITE
ack
invite 12x
wait 484 INVITE
close'
begin isdn "$q931_drop" answer "socket:$dir/s,user" --accept-only
ends "$far" 0 "a SIP call that gives up"
wait $began
shows sip "CANCEL is answered, and its INVITE" '> invite 12
< 100 Trying
< 180 Ringing
> cancel
    Reason: SIP;cause=200, Q.850;cause=26
< 200 OK
< 487 Request Terminated
> ack
> invite 12x
< 100 Trying
< 484 Address Incomplete
    Reason: Q.850;cause=28;text="invalid number format (address incomplete)"
> close
status 0'
sed -n 's/^ *[0-9.]* *call 1: DISCONNECTED/DISCONNECTED/p' "$dir/isdn" >"$dir/cause"
shows cause "with its cause" 'DISCONNECTED (PICKUP), cause 26 (non-selected user clearing), remote'

is 2 'usage: sip-provider SPAN ADDRESS PORT' loop:a,user 127.0.0.1
is 1 'sip-provider: the far end: Invalid argument' loop:a,user localhost 5060
is 1 'sip-provider: the far end: Connection refused' loop:a,user 127.0.0.1 1
echo "1..$n"
exit $failed
