#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# q931-drop against itself over a socket: calls, UUI, rejection, conferences, Ctrl-C, mistakes.
set -u
drop=${top_builddir:-.}/utils/q931-drop
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0 failed=0

# answer OPTIONS: the far end in the background; its lines are in theirs.
answer() {
	# shellcheck disable=SC2086
	"$drop" answer "socket:$dir/s,net,listen" --timeout 10 $1 >"$dir/theirs" 2>&1 &
	far=$!
	i=0
	while [ ! -S "$dir/s" ] && [ $i -lt 100 ]; do sleep 0.02; i=$((i + 1)); done
}
# near COMMAND ARGS...: our end; its lines are in ours.
near() {
	command=$1
	shift
	"$drop" "$command" "socket:$dir/s,user" --timeout 10 "$@" >"$dir/ours" 2>&1
	status=$?
	wait "$far"
	far_status=$?
}
verdict() {
	n=$((n + 1))
	if [ "$2" ]; then echo "ok $n - $1"; return; fi
	echo "not ok $n - $1 (status $status, far end $far_status)"
	sed 's/^/# ours: /' "$dir/ours"
	sed 's/^/# theirs: /' "$dir/theirs"
	failed=1
}
has() { grep -qF -- "$2" "$dir/$1"; }
ends() { [ $status = "$1" ] && [ $far_status = "$2" ]; }

answer "--accept-uui ringing --answer-uui hello"
near call 5551234 --uui bye --setup-uui first --from 42 --drop-after 0.05 --cause 31
verdict "a call is dropped with UUI and cause, and UUI is in each message" \
	"$(ends 0 0 && has ours 'dropped: CLEARED, UUI sent' && has ours 'UUI received: 04 "ringing"' &&
		has ours 'UUI received: 04 "hello"' && has theirs 'from 42 to 5551234' &&
		has theirs 'UUI received: 04 "first"' && has theirs 'UUI received: 04 "bye"' &&
		has theirs 'cause 31 (normal, unspecified), remote' && echo yes)"

answer "--json"
near call 5551234 --uui bye --from 42 --drop-after 0.05 --ladder --json
said=yes
if command -v python3 >/dev/null; then
	for end in ours theirs; do
		python3 "${top_srcdir:-.}/tests/attach_json.py" "${top_srcdir:-.}/doc/q931-drop.schema.json" line_event \
			"o['event'] in ('state', 'span')" <"$dir/$end" >"$dir/bad" || { said=; cat "$dir/bad" >>"$dir/$end"; }
	done
fi
verdict "both ends in JSON, as the schema has it" \
	"$(ends 0 0 && [ "$said" ] && has ours '"outcome":"CLEARED","uui_sent":true' && has theirs '"uui":"04627965"' && echo yes)"

hex=00$(i=0; while [ $i -lt 128 ]; do printf '%02x' $((i * 2 % 256 + (i == 127))); i=$((i + 1)); done)
answer ""
near call 1 --uui-hex "$hex" --drop-after 0
verdict "128 octets with NUL and 0xff arrive" "$(ends 0 0 && has theirs "UUI received: 00 ${hex#00}" && echo yes)"

answer "--reject"
near call 1
verdict "a rejected call ends with status 1" \
	"$(ends 1 0 && has ours 'DISCONNECTED (REJECT), cause 21 (call rejected), remote' && has theirs 'dropped: REJECTED' && echo yes)"

answer "--drop-after 0.05 --uui over --cause 17"
near call 1 --drop-after 5
verdict "the far end drops first" \
	"$(ends 0 0 && has ours 'DISCONNECTED (BUSY), cause 17' && has ours 'UUI received: 04 "over"' && echo yes)"

answer "--count 3"
near conference 1 2 3 --uui closed --drop-after 0.05
verdict "a conference of three is dropped by one request" \
	"$(ends 0 0 && has ours 'conference: 4 calls ended, 0 could not be cleared' &&
		[ "$(grep -c 'UUI received: 04 "closed"' "$dir/theirs")" = 3 ] && echo yes)"

answer "--conference 2 --uui done --drop-after 0.05"
near conference 1 2 --drop-after 5
verdict "a conference of arriving calls" "$(ends 0 0 && has theirs 'conference: 3 calls ended' &&
	[ "$(grep -c 'UUI received: 04 "done"' "$dir/ours")" = 2 ] && echo yes)"

answer ""
near call 1 --uui bye --timeout 0.1 --drop-after 0.3
verdict "a call that waits for its drop is not silent" "$(ends 0 0 && has ours 'UUI sent' && echo yes)"

answer "--accept-only"
near call 1 --timeout 0.1
verdict "a call that nobody answers ends with status 5" \
	"$(ends 5 0 && has ours 'timeout: dropping 1 call' && has theirs 'DISCONNECTED (CANCELLED)' && echo yes)"

answer "--count 2"
near conference 1 2 3 --drop-after 0.1 --uui bye
verdict "a party that is refused does not keep the others waiting" \
	"$(ends 1 0 && has ours 'DISCONNECTED (BUSY), cause 17' && has theirs 'refused: REJECTED' &&
		has ours 'conference: 3 calls ended, 0 could not be cleared' && echo yes)"

answer ""
kill "$far"
wait "$far"
far_status=$? status=0
: >"$dir/ours"
verdict "SIGTERM without a call ends with status 143" "$(ends 0 143 && has theirs interrupted && echo yes)"

# begin COMMAND ARGS...: our end in the background, until its last call is connected.
begin() {
	command=$1
	shift
	: >"$dir/ours" # here: the one in the background may come after the first look
	"$drop" "$command" "socket:$dir/s,user$more" "$@" >"$dir/ours" 2>&1 &
	us=$! i=0
	while [ "$(grep -cE ': (CONNECTED|CONFERENCED)' "$dir/ours")" -lt "$parts" ] && [ $i -lt 500 ]; do
		sleep 0.02
		i=$((i + 1))
	done
}
finish() {
	wait $us
	status=$?
	wait "$far"
	far_status=$?
}

more='' parts=1
answer ""
begin call 1 --drop-after 9 --uui stop
kill -INT $us
finish
verdict "Ctrl-C drops the call, waits for its release, and says so" \
	"$(ends 130 0 && has ours 'interrupted: dropping 1 call' && has ours '1 call released' &&
		has theirs 'UUI received: 04 "stop"' && echo yes)"

# CONNECTED and CONFERENCED of each, and CONNECTED of the conference
parts=7
answer "--count 3"
begin conference 1 2 3 --drop-after 9 --uui stop
kill -TERM $us
finish
verdict "SIGTERM drops the conference by one request, the parties first" \
	"$(ends 143 0 && has ours 'interrupted: dropping 3 calls' && has ours '3 calls released' &&
		has ours 'conference: 4 calls ended, 0 could not be cleared' &&
		[ "$(sed -n 's/^ *[0-9.]* *\(.*\): IDLE.*/\1/p' "$dir/ours" | tr '\n' ,)" = \
			"call 1,call 2,call 3,conference," ] &&
		[ "$(grep -c 'UUI received: 04 "stop"' "$dir/theirs")" = 3 ] && echo yes)"

parts=1
answer ""
begin call 1 --drop-after 9
kill -STOP "$far" # it releases nothing
kill -INT $us
i=0
until has ours 'interrupted' || [ $i -ge 500 ]; do # two signals at once are one
	sleep 0.02
	i=$((i + 1))
done
kill -INT $us
wait $us
status=$?
kill -KILL "$far"
wait "$far" 2>/dev/null
far_status=$?
rm -f "$dir/s"
verdict "a second Ctrl-C ends at once" "$([ $status = 130 ] && has ours '0 of 1 calls released' && echo yes)"

more=,uui=0
answer ""
begin call 1 --drop-after 0 --uui bye
finish
verdict "a network without UUI: the call is cleared, the status is 1" \
	"$(ends 1 0 && has ours 'dropped: CLEARED, UUI not sent' && echo yes)"

far_status=-
# mistake STATUS TEXT ARGS...
mistake() {
	want=$1 text=$2
	shift 2
	"$drop" "$@" >"$dir/ours" 2>&1
	status=$?
	: >"$dir/theirs"
	verdict "mistake: $*" "$([ $status = "$want" ] && has ours "$text" && echo yes)"
}
mistake 2 "choose among list, show, watch, drop, leave, clear"
mistake 2 "call, answer, conference, demo" dial loop:a,user 1
mistake 2 "it takes SPAN NUMBER" call
mistake 2 "it takes SPAN NUMBER" call loop:a,user
mistake 2 "belongs to answer" call loop:a,user 1 --count 2
mistake 2 "at most 33" call loop:a,user,uui=32 1 --uui 123456789012345678901234567890123
mistake 2 "2 to 129" call loop:a,user 1 --uui-hex 04
mistake 2 "choose one of" call lop:a,user 1
mistake 2 "add \",user\"" call loop:a 1
mistake 2 "option \"usr\"" call loop:a,user,usr 1
mistake 2 "--cause, --json, --drop-after" call loop:a,user 1 --uuui x
mistake 2 "needs a value: TEXT" call loop:a,user 1 --uui
mistake 2 "a cause is 1 to 127" call loop:a,user 1 --cause 128
mistake 2 "an octet takes two" call loop:a,user 1 --uui-hex 123
mistake 2 "is no hex digit" call loop:a,user 1 --uui-hex 12zz
mistake 2 "can be 1 to 128" call loop:a,user 1 --uui "$hex"
mistake 3 "$dir/nobody" call "socket:$dir/nobody,user" 1
[ -e /dev/dahdi ] || mistake 3 "/dev/dahdi" call dahdi:16,user 1
mistake 2 "1 to 64 of 0-9" call loop:a,user 12x34
mistake 4 "cause 27" call loop:a,user,t200=10 1 --timeout 0.1
mistake 0 "--uui-hex" call --help
mistake 0 "answer SPAN" --help

if command -v tshark >/dev/null; then
	answer ""
	near call 5551234 --uui "in the capture" --drop-after 0 --pcap "$dir/c.pcap"
	verdict "the capture decodes in tshark without fault" \
		"$([ -z "$(tshark -r "$dir/c.pcap" -Y '_ws.malformed || _ws.expert' 2>/dev/null)" ] &&
			tshark -r "$dir/c.pcap" -V 2>/dev/null | grep -q 'in the capture' && echo yes)"
fi

status=0 far_status=-
: >"$dir/theirs"
"$drop" demo --pcap "$dir/d.pcap" >"$dir/ours" 2>&1 || status=$?
verdict "the demonstration is as it must be" "$([ $status = 0 ] && has ours 'All as it must be.' && echo yes)"
if command -v tshark >/dev/null; then
	verdict "its capture decodes in tshark without fault" \
		"$([ "$(tshark -r "$dir/d.pcap" -Y 'q931.message_type == 0x45' 2>/dev/null | wc -l)" = 2 ] &&
			[ -z "$(tshark -r "$dir/d.pcap" -Y '_ws.malformed || _ws.expert' 2>/dev/null)" ] && echo yes)"
fi
echo "1..$n"
exit $failed
