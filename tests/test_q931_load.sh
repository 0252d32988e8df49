#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# q931-load against itself: in one process and in two, each pattern, UUI, conferences, its summary
# as text and JSON; and that what fails is counted.
set -u
load=${top_builddir:-.}/utils/q931-load
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0 failed=0 far_status=-
command -v python3 >/dev/null || { echo "skipped: python3 is not installed, the summaries are read with it"; exit 77; }

verdict() {
	n=$((n + 1))
	if [ "$2" ]; then echo "ok $n - $1"; return; fi
	echo "not ok $n - $1 (status $status, far end $far_status)"
	sed 's/^/# ours: /' "$dir/ours" "$dir/errors"
	[ ! -f "$dir/theirs" ] || sed 's/^/# theirs: /' "$dir/theirs"
	failed=1
}
has() { grep -qF -- "$2" "$dir/$1"; }

# json FILE CONDITION: the summary is whole, and the condition holds, where j is the summary.
json() {
	python3 - "$dir/$1" "$2" <<'P' && echo yes
import json, sys
j = json.load(open(sys.argv[1]))
want = {"version": int, "command": str, "seed": int, "seconds": float, "calls": dict, "rate": dict,
	"at_once": dict, "conferences": dict, "milliseconds": dict, "uui": dict, "spans": list,
	"failures": list, "left": dict, "status": int}
good = set(j) == set(want) and all(isinstance(j[k], t) for k, t in want.items()) and j["version"] == 1
for h in j["milliseconds"].values():
	good &= 0 <= h["p50"] <= h["p90"] <= h["p99"] <= h["max"]
c = j["calls"]
good &= c["placed"] == c["dropped"] + c["failed"] + c["cut_short"]
good &= sum(f["calls"] for f in j["failures"]) == c["failed"]
good &= not any(j["left"].values())
f = j["failures"][0] if j["failures"] else {}
u = j["uui"]
if not good or not eval("(%s)" % sys.argv[2]):
	print("# summary:", json.dumps(j))
	sys.exit(1)
P
}
# both OPTIONS: two ends in this process.
both() {
	"$load" both "loop:a,$1" "loop:a,$2" --json --quiet --timeout 10 $3 >"$dir/ours" 2>"$dir/errors"
	status=$?
	far_status=-
}
# pair SINK_OPTIONS OPTIONS: two processes; $near and $far are options of their spans.
near='' far=''
sink() {
	rm -f "$dir/s"
	# shellcheck disable=SC2086
	"$load" sink "socket:$dir/s,net,listen$far" --json --quiet $1 >"$dir/theirs" 2>&1 &
	sink=$! i=0
	while [ ! -S "$dir/s" ] && [ $i -lt 250 ]; do sleep 0.02; i=$((i + 1)); done
}
pair() {
	sink "$1"
	# shellcheck disable=SC2086
	"$load" generate "socket:$dir/s,user$near" --json --quiet --timeout 10 $2 >"$dir/ours" 2>"$dir/errors"
	status=$?
	[ "$1" != "${1#*--calls}" ] || kill $sink
	wait $sink
	far_status=$?
}
ends() { [ $status = "$1" ] && [ "$far_status" = "$2" ]; }

both user net "--calls 300 --hold 0 --uui-random 32 --seed 7"
verdict "as fast as it goes, with UUI in SETUP and in the drop" "$([ $status = 0 ] && json ours \
	'c["placed"] == c["answered"] == c["dropped"] == 300 and j["at_once"]["most"] == 30 and
	 u["sent"] == u["arrived"] == 600 and not u["damaged"] and not u["missing"] and j["seed"] == 7 and
	 all(h["count"] == 300 for h in j["milliseconds"].values()) and j["rate"]["achieved"] > 100 and
	 j["rate"]["possible"] > 10 and [s["span"] for s in j["spans"]] == ["loop:a,user", "loop:a,net"]')"

for who in near far both random; do
	for while in offering alerting answered any; do
		good=yes
		for side in "user net" "net user"; do
			both $side "--calls 45 --hold 0-0.005 --uui-random 9 --drop $who --drop-while $while"
			answers=0
			[ $while != answered ] || answers=45
			[ $status = 0 ] && has ours '"dropped": 45,' && has ours '"not_sent": 0' &&
				{ [ $while = any ] || has ours "\"answered\": $answers,"; } || good=
		done
		verdict "dropped by $who while $while, by either side" "$good"
	done
done

both user net "--calls 43 --hold 0.01 --conference 5 --uui-random 16"
verdict "conferences of five, and of the three that are left over" "$([ $status = 0 ] && json ours \
	'j["conferences"] == {"dropped": 9, "parties": 43} and c["dropped"] == 43 and u["arrived"] == 86')"
both net,bri user,bri "--calls 7 --hold 0 --conference 4"
verdict "conferences that would be larger than there are channels" "$([ $status = 0 ] && json ours \
	'j["conferences"] == {"dropped": 4, "parties": 7} and j["at_once"]["most"] == 2')"
both user net "--calls 40 --hold 0 --conference 3 --reject-every 4"
verdict "conferences, while each fourth call is rejected" "$([ $status = 0 ] && json ours \
	'j["conferences"] == {"dropped": 10, "parties": 30} and c["answered"] == 30 and c["dropped"] == 40')"

both user net "--rate 200 --duration 0.6 --hold 0.01 --ramp 0.2"
verdict "a rate, a ramp, a duration" "$([ $status = 0 ] && json ours \
	'40 <= c["placed"] <= 102 and j["rate"]["asked"] == 200 and c["failed"] == 0')"
both user net "--duration 0.3 --hold 60"
verdict "calls that are held at the end of the duration are dropped" "$([ $status = 0 ] && json ours \
	'c["dropped"] == 30 and c["cut_short"] == 0 and j["at_once"]["mean"] > 25 and j["seconds"] < 5')"
both user net "--calls 20 --hold 0 --number 5551234 --concurrency 3 --echo-uui --setup-uui x --drop far"
verdict "a number that is always the same, an echo" "$([ $status = 0 ] && json ours \
	'c["dropped"] == 20 and j["at_once"]["most"] == 3 and u["sent"] == u["arrived"] == 40')"

both user,loss=30,t200=20 net,loss=30,t200=20 "--calls 200 --hold 0 --uui-random 20"
verdict "a line that loses frames: layer 2 repeats them, and no call fails" "$([ $status = 0 ] && json ours \
	'c["dropped"] == 200 and j["spans"][0]["retransmissions"] > 0 and u["arrived"] == 400')"
both user,loss=1000 net "--calls 5 --timeout 0.5"
verdict "a line that loses all: status 4" "$([ $status = 4 ] && has errors 'the link does not come up' &&
	json ours 'c["placed"] == 0 and j["status"] == 4')"

o="--calls 150 --hold 0-0.03 --drop random --drop-while any --uui-random 30 --number 700+ --reject-every 5 --seed 3"
pair "$o" "$o"
verdict "two processes with the same options have the same plan, and check the UUI" "$(ends 0 0 &&
	[ "$(json ours 'c["dropped"] == 150 and u["arrived"] and not u["damaged"]')" ] &&
	json theirs 'c["dropped"] == 150 and u["arrived"] and not u["damaged"]')"
pair "--calls 30 --drop far --echo-uui" "--calls 30 --drop far --echo-uui --uui-random 128"
verdict "the sink echoes UUI that it does not know" "$(ends 0 0 && json ours \
	'u["sent"] == 30 and u["arrived"] == 30 and u["damaged"] == 0')"
pair "" "--calls 30 --hold 0"
verdict "a sink without a number of calls ends by a signal" "$(ends 0 143 && json theirs 'c["dropped"] == 30')"

pair "--calls 30 --uui-random 20 --seed 2" "--calls 30 --hold 0 --uui-random 20 --seed 1"
verdict "UUI that is not what it should be" "$(ends 0 1 && json theirs \
	'c["failed"] == 30 and u["damaged"] == 60 and f["reason"] == "UUI damaged" and f["state"] == "OFFERING"')"
near=,uui-strict
pair "--calls 9" "--calls 9 --hold 0 --uui bye"
near=
verdict "UUI that no message could carry" "$(ends 1 0 && json ours \
	'c["failed"] == 9 and u["not_sent"] == 9 and f["reason"] == "UUI not sent"')"
pair "--calls 40 --drop far --drop-while offering --cause busy" "--calls 40 --hold 0"
verdict "a far end that rejects" "$(ends 1 0 && json ours \
	'c["failed"] == 40 and (f["reason"], f["source"], f["cause"], f["cause_name"], f["state"]) ==
	 ("ended", "remote", 17, "user busy", "DIALING")')"
pair "--calls 20 --drop far --drop-while offering --cause busy" \
	"--calls 20 --drop far --drop-while offering --cause busy"
verdict "... that was to reject" "$(ends 0 0 && json ours 'c["dropped"] == 20')"
pair "--calls 20 --drop far --drop-while offering" "--calls 20 --drop far --drop-while offering --cause 34"
verdict "... that was to reject with another cause" "$(ends 1 0 && json ours 'c["failed"] == 20 and f["cause"] == 21')"
pair "--calls 20 --drop far --hold 60" "--calls 20 --drop far --drop-while alerting"
verdict "a far end that drops later than asked" "$(ends 1 1 && json ours \
	'c["failed"] == 20 and f["reason"] == "went on" and f["state"] == "CONNECTED"')"
pair "--calls 20 --drop far --hold 0" "--calls 20 --hold 1"
verdict "a far end that drops where we were to" "$(ends 1 0 && json ours \
	'c["failed"] == 20 and (f["cause"], f["state"]) == (16, "CONNECTED")')"
pair "--calls 5 --answer-after 60" "--calls 5 --timeout 0.5"
verdict "a far end that does not answer" "$(ends 1 1 && json ours \
	'c["failed"] == 5 and (f["reason"], f["source"], f["state"]) == ("silent", "timer", "RINGBACK")')"
near=,t303=50
pair "--calls 5 --drop near --drop-while offering" "--calls 5"
near=
verdict "a timer" "$(ends 1 1 && json ours \
	'c["failed"] == 5 and (f["source"], f["cause"], f["state"]) == ("timer", 102, "DIALING")')"

# until CONDITION: within five seconds.
until_true() {
	i=0
	until eval "$1"; do
		i=$((i + 1))
		[ $i -lt 250 ] || return 1
		sleep 0.02
	done
}
# begin SINK_OPTIONS OPTIONS: both run; ours has placed a call when this returns.
begin() {
	: >"$dir/errors"
	sink "$1"
	# shellcheck disable=SC2086
	"$load" generate "socket:$dir/s,user" --json --progress 0.02 $2 >"$dir/ours" 2>"$dir/errors" &
	us=$!
	until_true 'grep -q " [1-9][0-9]* up" "$dir/errors"'
}
begin "" "--hold 60 --concurrency 4 --timeout 0.5"
kill -KILL $sink
wait $sink 2>/dev/null
far_status=-
wait $us
status=$?
verdict "a far end that is killed: every call failed, by the link, status 4" "$([ $status = 4 ] &&
	has errors 'the link did not come back' && json ours \
	'c["failed"] == 4 and (f["source"], f["cause"], f["state"]) == ("link", 27, "CONNECTED") and
	 j["spans"][0]["links_lost"] == 1')"
begin "" "--hold 60 --concurrency 4 --uui bye"
kill -INT $us
wait $us
status=$?
kill $sink
wait $sink
far_status=$?
verdict "Ctrl-C drops everything and gives the summary" "$(ends 130 143 && [ "$(json ours \
	'c["cut_short"] == 4 and c["failed"] == 0 and u["sent"] == 4 and j["status"] == 130')" ] &&
	json theirs 'c["dropped"] == 4 and u["arrived"] == 4')"
begin "" "--hold 60 --concurrency 4"
kill -STOP $sink # it releases nothing
kill -INT $us
i=0
while [ $i -lt 250 ] && kill -0 $us 2>/dev/null; do
	sleep 0.02
	kill -INT $us 2>/dev/null # two signals at once are one
	i=$((i + 1))
done
wait $us
status=$?
kill -KILL $sink
wait $sink 2>/dev/null
far_status=-
verdict "a second Ctrl-C ends at once, and says what is left" "$([ $status = 130 ] && [ $i -lt 250 ] &&
	has ours '"calls": 4,' && echo yes)"

"$load" both loop:a,user loop:a,net -n 20 --hold 0 --uui-random 4 --quiet --color never >"$dir/ours" 2>"$dir/errors"
status=$?
verdict "the summary as text" "$([ $status = 0 ] && [ ! -s "$dir/errors" ] &&
	has ours '20 placed, 20 answered, 20 dropped as asked, 0 failed' &&
	has ours '40 sent, 40 arrived, 0 damaged, 0 missing, 0 not sent' && has ours '0 calls, 0 handles' &&
	grep -q '^SETUP-CONNECT  *[0-9.]* *[0-9.]* *[0-9.]* *[0-9.]*$' "$dir/ours" &&
	[ -z "$(awk 'length > 80' "$dir/ours")" ] && echo yes)"

# A terminal of 50 columns: one line, rewritten, and gone in the end.
COLUMNS=50 python3 - "$load" >"$dir/ours" 2>"$dir/errors" <<'P'
import os, pty, subprocess, sys
master, slave = pty.openpty()
p = subprocess.Popen([sys.argv[1], "both", "loop:a,user", "loop:a,net", "--duration", "0.9", "--hold", "0.1"],
	stdout=subprocess.DEVNULL, stderr=slave)
os.close(slave)
text = b""
try:
	while True:
		text += os.read(master, 4096)
except OSError:
	pass
lines = text.decode().split("\r")
assert p.wait() == 0 and "\n" not in text.decode() and len(lines) > 3, text
assert lines[-1] == "\033[K" and "calls" in lines[1], text
assert all(len(l.replace("\033[K", "").replace("\033[0m", "")) < 50 for l in lines), text
P
status=$?
verdict "the progress on a terminal is one line, within its width" "$([ $status = 0 ] && echo yes)"

# mistake STATUS TEXT ARGS...
mistake() {
	want=$1 text=$2
	shift 2
	"$load" "$@" >"$dir/errors" 2>&1
	status=$?
	: >"$dir/ours"
	verdict "mistake: $*" "$([ $status = "$want" ] && has errors "$text" &&
		[ "$want" = 0 -o "$(wc -l <"$dir/errors")" -ge 1 ] && echo yes)"
}
mistake 2 "it takes SPAN [NUMBER]" generate
mistake 2 "it takes SPAN SPAN" both loop:a,user
mistake 2 "belongs to generate, both" sink loop:a,user --rate 5
mistake 2 "calls per second" generate loop:a,user --rate fast
mistake 2 "the smaller one first" generate loop:a,user --hold 3-1
mistake 2 "digits that are to count up" generate loop:a,user 12x
mistake 2 "digits that are to count up" generate loop:a,user 12*+
mistake 2 "choose among near, far, both, random" sink loop:a,user --drop me
mistake 2 "leave --drop and --drop-while out" both loop:a,user loop:a,net --conference 5 --drop far
mistake 2 "more than --concurrency 9" both loop:a,user loop:a,net --conference 10 --concurrency 9
mistake 2 "no UUI left to it" generate loop:a,user --uui-random 5 --uui a --setup-uui b
mistake 2 "carries no UUI" both loop:a,user loop:a,net,uui=0 --uui-random 5
mistake 2 "carries at most 21" both loop:a,user loop:a,net,uui=20 --uui-random 32
mistake 2 "choose one of" generate lop:a,user
mistake 3 "nobody" generate "socket:$dir/nobody,user"
[ -e /dev/dahdi ] || mistake 3 "/dev/dahdi" generate dahdi:16,user
mistake 0 "--drop-while" both --help
echo "1..$n"
exit $failed
