#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/drop and examples/answer, against each other over a socket: every way in which a call ends.
set -u
build=${top_builddir:-.} program=$build/examples/drop
answer=$build/examples/answer q931_drop=$build/utils/q931-drop
. "${top_srcdir:-.}/tests/example_lib.sh"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
link='^link ' # when it is told depends on who is faster
tab=$(printf '\t')

# call TITLE STATUS OPTIONS NUMBER TEXT WANT
call() {
	begin near "$program" "socket:$dir/s,user$3" "$4" "$5"
	wait $began
	[ $? = "$2" ] || not_ok "$1: status"
	shows near "$1" "$6" "$link"
}

begin far "$answer" "socket:$dir/s,net,listen" "hello" 13=17 14=34
far=$began
until_listens s
call "an answered call is dropped with UUI" 0 '' 12 bye 'DIALING
PROCEEDING
RINGBACK
CONNECTED
CLEARED, UUI sent
IDLE, cause 16 (normal call clearing), local'
call "a busy number: its cause, its UUI, and the release" 1 '' 13 bye 'DIALING
DISCONNECTED, cause 17 (user busy), remote
IDLE, cause 17 (user busy), remote
UUI received, discriminator 4: hello'
call "another number, another cause" 1 '' 14 bye 'DIALING
DISCONNECTED, cause 34 (no circuit/channel available), remote
IDLE, cause 34 (no circuit/channel available), remote
UUI received, discriminator 4: hello'
call "UUI that the line does not carry" 0 ,uui=2 12 bye 'DIALING
PROCEEDING
RINGBACK
CONNECTED
the line carries less UUI: dropping without
CLEARED, UUI not sent
IDLE, cause 16 (normal call clearing), local'
call "control characters in UUI are not for a terminal" 0 '' 12 "a\\${tab}b" 'DIALING
PROCEEDING
RINGBACK
CONNECTED
CLEARED, UUI sent
IDLE, cause 16 (normal call clearing), local'

begin stays "$q931_drop" call "socket:$dir/s,user" 12 --from 42 --setup-uui first --drop-after 60
until_has far 'call 6: CONNECTED'
kill -TERM "$far"
ends "$far" 0 "answer drops what is left, and waits for its release"
wait $began
shows far "what answer prints" 'call 1: OFFERING, from - to 12
call 1: ACCEPTED
call 1: CONNECTED
call 1: DISCONNECTED, cause 16 (normal call clearing), remote
call 1: IDLE, cause 16 (normal call clearing), local, UUI 4:bye
call 2: OFFERING, from - to 13
call 2: IDLE, cause 17 (user busy), local
call 3: OFFERING, from - to 14
call 3: IDLE, cause 34 (no circuit/channel available), local
call 4: OFFERING, from - to 12
call 4: ACCEPTED
call 4: CONNECTED
call 4: DISCONNECTED, cause 16 (normal call clearing), remote
call 4: IDLE, cause 16 (normal call clearing), local
call 5: OFFERING, from - to 12
call 5: ACCEPTED
call 5: CONNECTED
call 5: DISCONNECTED, cause 16 (normal call clearing), remote
call 5: IDLE, cause 16 (normal call clearing), local, UUI 4:a\x5c\x09b
call 6: OFFERING, from 42 to 12, UUI 4:first
call 6: ACCEPTED
call 6: CONNECTED
call 6: IDLE, cause 16 (normal call clearing), local' "$link"

# ring: the near end calls a far end that alerts and never answers.
ring() {
	rm -f "$dir/s"
	begin far "$q931_drop" answer "socket:$dir/s,net,listen" --accept-only
	far=$began
	until_listens s
	begin near "$program" "socket:$dir/s,user" 12 bye
	until_has near RINGBACK
}

ring
kill -INT $began
ends $began 1 "Ctrl-C while it rings"
shows near "the call is dropped, and its release waited for" 'DIALING
PROCEEDING
RINGBACK
CLEARED, UUI sent
IDLE, cause 16 (normal call clearing), local' "$link"
wait "$far"

ring
kill -ALRM $began # a minute is long
ends $began 1 "nobody answers"
shows near "it is dropped with the cause of that" 'DIALING
PROCEEDING
RINGBACK
CLEARED, UUI sent
IDLE, cause 19 (no answer from user (user alerted)), local' "$link"
wait "$far"

ring
kill -KILL "$far"
ends $began 1 "the line is lost while it rings"
shows near "and the call with it" 'DIALING
PROCEEDING
RINGBACK
link down
DISCONNECTED, cause 27 (destination out of order), link
IDLE, cause 27 (destination out of order), link' '^link up'
wait "$far" 2>/dev/null

ring
kill -STOP "$far" # it releases nothing
kill -INT $began
i=0
while grep -qsE '^(Sig|Shd)Pnd.*[1-9a-f]' "/proc/$began/status" && [ $i -lt 500 ]; do
	sleep 0.02 # two signals at once are one
	i=$((i + 1))
done
kill -INT $began
ends $began 1 "the second Ctrl-C does not wait"
kill -KILL "$far"
wait "$far" 2>/dev/null

usage='usage: drop SPAN NUMBER TEXT, of at most 128 characters'
is 2 "$usage"
is 2 "$usage" loop:a,user 1 "$(hex 65)"
is 1 'drop: "12x" can not be called: INVAL: an argument is out of range' loop:a,user 12x bye
is 1 "drop: socket:$dir/nobody: nobody listens there; start the other end first, with the option \"listen\"" \
	"socket:$dir/nobody,user" 1 bye
program=$answer
usage='usage: answer SPAN TEXT [NUMBER=CAUSE]...'
is 2 "$usage" loop:a,net
is 2 "$usage" loop:a,net hello 13
is 2 "$usage" loop:a,net hello 13=128
is 1 'answer: span "loop:a" does not say which side we are: add ",user" (we are the PBX) or ",net" (we are the exchange)' loop:a hello
echo "1..$n"
exit $failed
