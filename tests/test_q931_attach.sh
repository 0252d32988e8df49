#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# q931-drop attached to a running program: 30 calls, two conferences and a shared line over two spans,
# everything dropped piece by piece. What it prints is tests/attach.txt, exactly; ATTACH_UPDATE=1
# writes that file anew. JSON against doc/q931-drop.schema.json; on a terminal; as another user; and
# with a program that stops or dies.
set -u
command -v python3 >/dev/null || { echo "skipped: python3 is not installed"; exit 77; }
src=$(cd "${top_srcdir:-.}" && pwd)
drop=$(cd "${top_builddir:-.}" && pwd)/utils/q931-drop
dir=$(mktemp -d) || exit 1
chmod 711 "$dir"
demo='' n=0 failed=0
trap '[ -z "$demo" ] || kill -KILL "$demo"; rm -rf "$dir"' EXIT
unset XDG_RUNTIME_DIR NO_COLOR COLUMNS
export LC_ALL=C TZ=UTC ISDN_SOCKET="$dir/control"
transcript=$dir/transcript

q() { "$drop" "$@"; }
verdict() {
	n=$((n + 1))
	if [ "$2" ]; then echo "ok $n - $1"; return; fi
	echo "not ok $n - $1"
	sed 's/^/# /' "$dir/out" 2>/dev/null | head -n 40
	failed=1
}
# until COMMAND...: it succeeds, at last.
until_true() {
	i=0
	until "$@" || [ $i -ge 250 ]; do sleep 0.02; i=$((i + 1)); done
}
serve() {
	"$drop" demo --serve "$@" >"$dir/demo" 2>&1 &
	demo=$!
	until_true grep -q 'Ctrl-C ends' "$dir/demo"
}
stop() {
	kill -"$1" "$demo"
	wait "$demo"
	demo_status=$?
	demo=''
}
# t ARGS...: the command and all that it says, its status where that is not 0, in the transcript.
t() {
	{
		printf '$ q931-drop'
		for word; do
			case $word in *[!a-zA-Z0-9_/:+=.-]* | '') printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
		done
		echo
		"$drop" "$@" </dev/null 2>&1
		status=$?
		[ $status = 0 ] || echo "(status $status)"
		echo
	} >>"$transcript"
}
note() { printf '== %s\n\n' "$*" >>"$transcript"; }
# json PART EXPRESSION ARGS...
json() {
	part=$1 expression=$2
	shift 2
	"$drop" "$@" --json >"$dir/json" 2>/dev/null </dev/null
	python3 "$src/tests/attach_json.py" "$src/doc/q931-drop.schema.json" "$part" "$expression" \
		<"$dir/json" >"$dir/out" 2>&1
	verdict "JSON of $*" "$([ $? = 0 ] && echo yes)"
}
mask() {
	sed -E -e "s|$dir|DIR|g" -e "s/control:[0-9]+/control:PID/g" -e 's/process [0-9]+/process PID/' \
		-e 's/^[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}/HH:MM:SS.mmm/' \
		-e 's/  [ 0-9][0-9]s  /  nns  /' -e 's/for [0-9]+s, since .{19}/for nns, since YYYY-MM-DD HH:MM:SS/' \
		-e 's/ +[0-9]+s ago/  nns ago/' -e 's/[0-9]+ requests$/N requests/' \
		-e '/^ +[12]  up  /s/(up +[0-9]+).*/\1 .../' -e '/^SPAN +LINK +CALLS/s/ +FRAMES.*/ .../' "$1"
}

serve
note "What there is"
t list
t list --span 2 --state connected
t spans
t leaks
t stats
t show 2
t show 1/b1
t show +5553018
t show 1/net:3
note "What would go, and what goes"
q list >"$dir/before"
t drop 1 --uui bye --dry-run
t clear 33 --dry-run
t leave 5 6 --cause busy -n
t drop 11 --uui-hex 00ff01 --dry-run
q list >"$dir/after"
mask "$dir/before" >"$dir/before.m"
mask "$dir/after" >"$dir/after.m"
diff "$dir/before.m" "$dir/after.m" >"$dir/out" 2>&1
verdict "a dry run changes nothing" "$([ $? = 0 ] && echo yes)"
json dry_run 'len(o["effects"]) == 4 and all(e["of"] == 1 for e in o["effects"])' drop 1 -n
json list 'len(o["calls"]) == 34' list
json list '[c["id"] for c in o["calls"]] == [13]' list --state onhold
json show 'o["uui"]["connect"] == "0477656c636f6d65" and [c["id"] for c in o["related"]] == [1, 2, 3, 4]' show 2
json show 'len(o["related"]) == 2' show 33
json spans 'len(o["spans"]) == 2' spans
json stats 'o["counts"]["calls"] == 35' stats
json leaks 'o["total"] == 0' leaks
json failed 'o["error"] == "CONFIRM"' drop 1
json failed 'o["error"] == "INVALCALLHANDLE"' drop 99
json failed 'o["error"] == "INVALCALLSTATE"' hold 13
json acted 'o["calls"] == [18, 19]' hold 18 19
json acted 'o["verb"] == "retrieve"' retrieve 18 19

q watch >"$dir/watch" 2>&1 &
watcher=$!
q watch --json 25 27 >"$dir/watch.json" 2>&1 &
json_watcher=$!
until_true grep -q watching "$dir/watch"
until_true grep -q watching "$dir/watch.json"
t drop 1 --uui bye
t drop 1 --uui bye --yes
t drop 5
t list --span 2 --state conferenced
t drop 6 7 8 9 10 --cause 'user busy' --yes
t drop 11 --yes --uui 'both ends'
t hold 13
t retrieve 13
t hold 13
t drop 13 --cause 31
t uui 18 --uui 'hello'
says_hello() { q show 18 | grep -q 'UUI midcall.*hello'; }
until_true says_hello
t show 18
t drop 14 --reason noanswer
t drop 16
t drop 15
t drop 17 --uui 'no thanks'
t drop 33
t drop 33
t show 34
t clear 33 --yes
note "By channel, reference and number"
t drop 1/b26
t drop 2/user:9
t drop +5553020
t drop number:5553021 --uui-base64 BGJ5ZQ==
t drop +22
t drop +5553022 --all
t drop 2/11
t drop 1/9 1/10 --yes
json done 'o["done"][0]["call"] == 25 and o["done"][0]["outcome"] == "CLEARED"' drop 2/12
json done '[d["call"] for d in o["done"]] == [27, 29] and o["done"][1]["uui_sent"]' drop 27 29 -y --uui bye
json failed 'o["error"] == "CONFIRM"' drop 28 30
t drop 28 30 --yes
t drop 31
ended() { grep -q 'call 31 .*IDLE' "$dir/watch" && grep -q '"call":27.*IDLE' "$dir/watch.json"; }
until_true ended
kill $watcher $json_watcher
wait $watcher $json_watcher
nothing_left() { q stats --json | grep -q '"calls":0,"handles":0'; }
until_true nothing_left
note "Nothing is left"
t list
t leaks
t stats
json stats 'o["counts"]["calls"] == 0 and all(s["calls"] == 0 for s in o["spans"])' stats
json list 'o["calls"] == []' list
note "What was watched"
cat "$dir/watch" >>"$transcript"
echo >>"$transcript"
python3 "$src/tests/attach_json.py" "$src/doc/q931-drop.schema.json" event \
	'o["event"] == "state" and o["state"] == "IDLE"' <"$dir/watch.json" >"$dir/out" 2>&1
verdict "JSON of watch, of the calls that were named" \
	"$([ $? = 0 ] && [ "$(grep -c '"call":' "$dir/watch.json")" = 2 ] && echo yes)"
note "Mistakes"
t drop xx
t drop 99
t drop +000
t drop 1/b9
t list --state nowhere
t uui 18
t show
t list --cause 1
t list --socket "$dir/nobody"
t list --socket "$dir/demo"
ISDN_SOCKET=
unset ISDN_SOCKET
XDG_RUNTIME_DIR=$dir ISDN_SOCKET='' "$drop" list >"$dir/out" 2>&1
status=$?
verdict "without --socket the places that were tried are named" \
	"$([ $status = 3 ] && grep -q "$dir/isdn/control (No such file.*/run/isdn/control" "$dir/out" && echo yes)"
ISDN_SOCKET=$dir/control
export ISDN_SOCKET
stop INT
verdict "Ctrl-C ends the demonstration, and its socket is gone" \
	"$([ $demo_status = 0 ] && [ ! -e "$ISDN_SOCKET" ] && echo yes)"

mask "$transcript" >"$dir/masked"
[ "${ATTACH_UPDATE:-}" ] && cp "$dir/masked" "$src/tests/attach.txt"
diff -u "$src/tests/attach.txt" "$dir/masked" >"$dir/out" 2>&1
verdict "the transcript is tests/attach.txt" "$([ $? = 0 ] && echo yes)"

# on a terminal
serve --leak
on_tty() { columns=$1 answer=$2; shift 2; python3 "$src/tests/attach_pty.py" "$columns" "$answer" "$drop" "$@" >"$dir/out" 2>&1; }
on_tty 80 '' list
verdict "in colour on a terminal" "$(grep -qF '^[[32mCONNECTED^[[0m' "$dir/out" && echo yes)"
NO_COLOR=1 on_tty 80 '' list
verdict "not with NO_COLOR" "$(! grep -qF '^[' "$dir/out" && grep -q CONNECTED "$dir/out" && echo yes)"
on_tty 80 '' list --color never
verdict "nor with --color never" "$(! grep -qF '^[' "$dir/out" && grep -q CONNECTED "$dir/out" && echo yes)"
for columns in 40 60 80 132; do
	on_tty $columns '' list --color never
	verdict "the tree fits $columns columns" "$(grep -q '5553031' "$dir/out" && ! grep -qE "^.{$((columns + 1))}" "$dir/out" && echo yes)"
	on_tty $columns '' drop 1 --dry-run --uui 'quite a long text in each DISCONNECT' --color never
	verdict "and so does a dry run" "$(grep -q DISC "$dir/out" && ! grep -qE "^.{$((columns + 1))}" "$dir/out" && echo yes)"
done
if LC_ALL=C.UTF-8 locale charmap 2>/dev/null | grep -q UTF-8; then
	LC_ALL=C.UTF-8 on_tty 80 '' list --color never
	verdict "the tree in UTF-8" "$(grep -q '└─ 4 ' "$dir/out" && echo yes)"
fi
on_tty 80 n drop 1
status=$?
verdict "more than one call is asked about, and no is no" \
	"$([ $status = 1 ] && grep -q 'end these 4 calls?' "$dir/out" && grep -q 'nothing was done' "$dir/out" &&
		q list | grep -q '^1 .*CONNECTED' && echo yes)"
on_tty 80 yes drop 1
status=$?
verdict "so is all but y" "$([ $status = 1 ] && q list | grep -q '^1 .*CONNECTED' && echo yes)"
on_tty 80 y drop 1
status=$?
verdict "and y drops them" \
	"$([ $status = 0 ] && grep -q 'call 1: CLEARED, 4 calls changed' "$dir/out" && ! q list | grep -q '^1 ' && echo yes)"
on_tty 80 '' drop 18
status=$?
verdict "one call is dropped unasked" "$([ $status = 0 ] && grep -q 'call 18: CLEARED' "$dir/out" && echo yes)"
q leaks >"$dir/out" 2>&1
status=$?
verdict "a client that keeps its handles is found" \
	"$([ $status = 1 ] && grep -q '^18 *cdr *monitor *1 *218 > 5553018' "$dir/out" && grep -q '^5 handles' "$dir/out" && echo yes)"
json leaks 'o["total"] == 5 and o["leaks"][-1]["client"] == "cdr"' leaks

# another user
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && [ -x "$drop" ]; then
	nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@" >"$dir/out" 2>&1; }
	if nobody "$drop" --version; then
		nobody "$drop" list
		status=$?
		verdict "another user is kept out by the mode of the socket" \
			"$([ $status = 4 ] && grep -q 'Permission denied' "$dir/out" && echo yes)"
		chmod 666 "$ISDN_SOCKET"
		nobody "$drop" list
		status=$?
		verdict "who may connect may look" "$([ $status = 0 ] && grep -q 'conference' "$dir/out" && echo yes)"
		nobody "$drop" drop 19
		status=$?
		verdict "and not drop" "$([ $status = 4 ] && grep -q 'not allowed, you are a monitor' "$dir/out" &&
			q list | grep -q '^19 ' && echo yes)"
		nobody "$drop" drop 19 --json
		verdict "in JSON too" "$(grep -q '"error":"NOTOWNER"' "$dir/out" && echo yes)"
		nobody "$drop" hold 19
		status=$?
		verdict "nor hold" "$([ $status = 4 ] && echo yes)"
	else
		echo "# another user can not read the build directory: not tried"
	fi
else
	echo "# needs root and setpriv to be another user: not tried"
fi

# a program that stops, or dies
q watch >"$dir/watch" 2>&1 &
watcher=$!
until_true grep -q watching "$dir/watch"
kill -STOP "$demo"
q drop 19 --timeout 0.2 >"$dir/out" 2>&1
status=$?
verdict "a program that does not answer: status 5" "$([ $status = 5 ] && grep -q 'does not answer' "$dir/out" && echo yes)"
q drop 20 >"$dir/out" 2>&1 &
waiting=$!
kill -KILL "$demo"
wait "$demo" 2>/dev/null
demo=''
wait $waiting
status=$?
verdict "a program that dies while a drop waits: status 3" "$([ $status = 3 ] && grep -q 'q931-drop:' "$dir/out" && echo yes)"
wait $watcher
status=$?
cp "$dir/watch" "$dir/out"
verdict "and while it is watched" "$([ $status = 3 ] && grep -q 'has gone' "$dir/out" && echo yes)"
q list >"$dir/out" 2>&1
status=$?
verdict "and afterwards" "$([ $status = 3 ] && grep -q 'nobody listens any more' "$dir/out" && echo yes)"

# the protocol, member by member
serve --leak
python3 "$src/tests/control_members.py" "$ISDN_SOCKET" "$src/man/isdn-control.5" >"$dir/out" 2>&1
verdict "isdn-control(5) has each member that is said, and no other" "$([ $? = 0 ] && echo yes)"
q list >/dev/full 2>"$dir/out"
status=$?
verdict "what can not be written is told" "$([ $status = 3 ] && grep -q 'could not be written' "$dir/out" && echo yes)"
stop INT

# a program that means no good: garbage, lines without end, wrong types, circles, escapes
ISDN_SOCKET=$dir/hostile
python3 "$src/tests/attach_hostile.py" "$ISDN_SOCKET" "$drop" >"$dir/out" 2>&1
verdict "a hostile program does no harm" "$([ $? = 0 ] && echo yes)"
tail -n 1 "$dir/out"
echo "1..$n"
exit $failed
