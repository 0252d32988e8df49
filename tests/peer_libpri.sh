#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Two libpri ends against each other, so that a fault of the peer is not taken for one of ours.
# usage: peer_libpri.sh   from make check; PEER is the program
set -u
peer=${PEER:-${top_builddir:-.}/tests/peer_libpri}
[ -x "$peer" ] || { echo "skipped: $peer was not built (libpri-dev is not installed)"; exit 77; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0 failed=0

# pair TITLE 'OPTIONS OF NET' 'OPTIONS OF CPE': both must end well; their lines are in net and cpe.
pair() {
	title=$1 n=$((n + 1))
	# shellcheck disable=SC2086
	"$peer" --path "$dir/s" --listen --role net --timeout 20 $2 >"$dir/net" 2>"$dir/net.err" &
	# shellcheck disable=SC2086
	"$peer" --path "$dir/s" --role cpe --timeout 20 $3 >"$dir/cpe" 2>"$dir/cpe.err"
	cpe=$?
	wait $!
	net=$?
	ok=$([ $net = 0 ] && [ $cpe = 0 ] && echo yes)
}

# has FILE LINE: the line is there, once, exactly.
has() { [ "$(grep -cFx "$2" "$dir/$1")" = 1 ] || { echo "# $1 has not: $2"; ok=; }; }

verdict() {
	if [ "$ok" ]; then
		echo "ok $n - $title"
	else
		echo "not ok $n - $title (net $net, cpe $cpe)"
		failed=1
		sed 's/^/# net: /' "$dir/net" "$dir/net.err"
		sed 's/^/# cpe: /' "$dir/cpe" "$dir/cpe.err"
	fi
}

pair "the caller clears, UUI in every message that libpri has it in" \
	"--uui-alerting ALERT --uui-release REL" \
	"--place 5551234 --from 100 --uui-setup SET --hangup-after 0 --uui-disconnect BYE \
		--uui-relcomp END"
has net "RING call=1 channel=1 called=5551234 calling=100 uui=534554"
has cpe "RINGING call=1 uui=414c455254"
has cpe "ANSWER call=1 uui="
has net "HANGUP_REQ call=1 cause=16 uui=425945"
has cpe "HANGUP call=1 cause=16 uui=52454c"
has net "HANGUP_ACK call=1 cause=16 uui=454e44"
verdict

pair "the called end clears, with a cause of its own" \
	"--place 1 --expect-hangups 1" "--hangup-after 50 --cause 31"
has net "HANGUP_REQ call=1 cause=31 uui="
has cpe "HANGUP call=1 cause=31 uui="
verdict

pair "the caller gives up while it rings" \
	"--ring-only" "--place 1 --hangup-after 50 --hangup-ringing --uui-disconnect X"
has net "HANGUP_REQ call=1 cause=16 uui=58"
verdict

pair "a call that is rejected with RELEASE COMPLETE" "--reject 44 --uui-relcomp NO" "--place 1"
has net "REJECT call=1 cause=44 message=5a"
has cpe "HANGUP call=1 cause=44 uui=4e4f"
verdict

pair "a call that is rejected with DISCONNECT" "--reject 21 --uui-disconnect NO" "--place 1"
has net "REJECT call=1 cause=21 message=45"
has cpe "HANGUP_REQ call=1 cause=21 uui=4e4f"
verdict

pair "five calls at once" "--expect-hangups 5" "--place 1 --calls 5 --hangup-after 20"
has net "RING call=5 channel=5 called=1 calling= uui="
has cpe "DONE hangups=5"
verdict

pair "the link alone" "--expect-hangups 0" "--expect-hangups 0"
has net UP
verdict

n=$((n + 1))
if "$peer" --path "$dir/nobody" --timeout 0 2>/dev/null; then
	echo "not ok $n - no far end is a failure"
	failed=1
else
	echo "ok $n - no far end is a failure"
fi
echo "1..$n"
exit $failed
