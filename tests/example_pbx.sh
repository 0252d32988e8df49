#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/pbx between far ends: examples/drop and q931-drop on one span, examples/answer or libpri on the other.
set -u
build=${top_builddir:-.} program=$build/examples/pbx
drop=$build/examples/drop answer=$build/examples/answer q931_drop=$build/utils/q931-drop peer=$build/tests/peer_libpri
. "${top_srcdir:-.}/tests/example_lib.sh"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# pbx: it listens on both spans; its process in $pbx.
pbx() {
	rm -f "$dir/a" "$dir/b"
	begin pbx "$program" "socket:$dir/a,net,listen" "socket:$dir/b,user,listen$1" 9 "$dir/control"
	pbx=$began
	until_listens a
	until_listens b
}

pbx ''
begin far "$answer" "socket:$dir/b,net" hello 13=17
far=$began
begin near "$drop" "socket:$dir/a,user" 12 bye
ends $began 0 "a call from one span to the other is dropped"
until_has pbx 'call 2, span 2: IDLE'
until_has far 'call 1: IDLE'
shows_of pbx 'call 1, span 1: ' 'call 1, span 1: OFFERING, from - to 12
call 1, span 1: ACCEPTED
call 1, span 1: CONNECTED, talk on channel 31
call 1, span 1: DISCONNECTED, cause 16, remote
call 1, span 1: IDLE, cause 16, remote'
shows_of pbx 'call 2, span 2: ' 'call 2, span 2: DIALING, from - to 12
call 2, span 2: PROCEEDING
call 2, span 2: RINGBACK
call 2, span 2: CONNECTED, talk on channel 31
call 2, span 2: IDLE, cause 16, cascade'

begin near "$drop" "socket:$dir/a,user" 13 bye
ends $began 1 "a busy number there"
shows near "cause and UUI of the one span are those of the other" 'DIALING
DISCONNECTED, cause 17 (user busy), remote
IDLE, cause 17 (user busy), remote
UUI received, discriminator 4: hello' '^link'
until_has pbx 'call 3, span 1: IDLE'
shows_of pbx 'call 4, span 2: ' 'call 4, span 2: DIALING, from - to 13
call 4, span 2: DISCONNECTED, cause 17, remote
call 4, span 2: IDLE, cause 17, remote'

begin room "$q931_drop" conference "socket:$dir/a,user" 9 9 --drop-after 0 --uui closed
ends $began 0 "two calls to the room"
until_has pbx 'conference: IDLE'
shows_of pbx 'conference: ' 'conference: ONHOLDPENDCONF
conference: CONNECTED
conference: IDLE, cause 16, cascade'
shows_of pbx 'call 5, span 1: ' 'call 5, span 1: OFFERING, from - to 9
call 5, span 1: CONNECTED, talk on channel 31
call 5, span 1: CONFERENCED, talk on channel 31
call 5, span 1: DISCONNECTED, cause 16, remote
call 5, span 1: IDLE, cause 16, local'

# One stays in the room, one talks through; then the PBX ends.
begin room "$q931_drop" conference "socket:$dir/a,user" 9 12 --drop-after 60
until_has far 'call 3: CONNECTED'
"$q931_drop" list --socket "$dir/control" --state connected >"$dir/list"
grep -q ' out linked  *- > 12 ' "$dir/list" && ok "q931-drop lists its calls" || not_ok "q931-drop lists its calls"
until_has list 'pbx: 2 calls, 1 conference' || cat "$dir/list"
"$q931_drop" drop 2/b31 --yes --uui over --socket "$dir/control" >"$dir/list" &
ends $! 0 "and drops one, with the call that is linked"
until_has far 'call 3: IDLE'
kill -TERM "$pbx"
ends "$pbx" 0 "the PBX clears everything, and waits for its release"
kill -TERM "$far"
wait "$far" $began
shows far "the far end was told what the callers said" 'call 1: OFFERING, from - to 12
call 1: ACCEPTED
call 1: CONNECTED
call 1: DISCONNECTED, cause 16 (normal call clearing), remote
call 1: IDLE, cause 16 (normal call clearing), local, UUI 4:bye
call 2: OFFERING, from - to 13
call 2: IDLE, cause 17 (user busy), local
call 3: OFFERING, from - to 12
call 3: ACCEPTED
call 3: CONNECTED
call 3: DISCONNECTED, cause 16 (normal call clearing), remote
call 3: IDLE, cause 16 (normal call clearing), local, UUI 4:over' '^link'

pbx ''
begin near "$drop" "socket:$dir/a,user" 12 bye
until_has pbx 'OFFERING'
kill -INT $began "$pbx" # nobody is at the other span
ends "$pbx" 0 "a call that waits for the other span's link ends with the PBX"
wait $began

if [ -x "$peer" ]; then
	pbx ,fcs
	begin far "$peer" --path "$dir/b" --role net --uui-alerting ringing --uui-release over
	far=$began
	begin near "$drop" "socket:$dir/a,user" 12 bye
	ends $began 0 "libpri at the other span"
	ends "$far" 0 "which is content"
	shows far "and is told the number and the UUI" 'RING call=1 channel=31 called=12 calling= uui=
HANGUP_REQ call=1 cause=16 uui=627965
HANGUP_ACK call=1 cause=-1 uui=
DONE hangups=1' '^UP$'
	kill -TERM "$pbx"
	wait "$pbx"
fi

is 2 'usage: pbx SPAN SPAN ROOM [SOCKET]' loop:a,user loop:a,net
is 1 "pbx: socket:$dir/nobody: nobody listens there; start the other end first, with the option \"listen\"" \
	loop:a,user "socket:$dir/nobody,user" 9
echo "1..$n"
exit $failed
