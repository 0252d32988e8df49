#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# q931-dump --live: the frames of a running program, decoded and as a capture, while q931-drop drops.
set -u
utils=${top_builddir:-.}/utils
dir=$(mktemp -d) || exit 1
demo='' live='' n=0 failed=0
trap 'for p in $demo $live; do kill -KILL "$p"; done; rm -rf "$dir"' EXIT
export ISDN_SOCKET="$dir/control" LC_ALL=C
verdict() {
	n=$((n + 1))
	if [ "$2" ]; then echo "ok $n - $1"; return; fi
	echo "not ok $n - $1"
	sed 's/^/# /' "$dir/out" "$dir/err" | head -n 40
	failed=1
}
until_true() {
	i=0
	until "$@" || [ $i -ge 250 ]; do sleep 0.02; i=$((i + 1)); done
}
listen() {
	: >"$dir/err"
	"$utils/q931-dump" "$@" >"$dir/out" 2>"$dir/err" &
	live=$!
	until_true grep -q 'listening to demo' "$dir/err"
}
drop() { "$utils/q931-drop" "$@" >/dev/null || failed=1; }
has() { grep -qF -- "$1" "$dir/out"; }

"$utils/q931-drop" demo --serve >"$dir/demo" &
demo=$!
until_true grep -q 'Ctrl-C ends' "$dir/demo"
listen --live --write "$dir/x.pcapng" --stats
drop drop 18 --uui bye
drop drop 19 --cause busy
until_true grep -q 'user busy (17)' "$dir/out"
until_true has 'RELEASE COMPLETE, call reference 9'
kill "$live"
wait "$live"
status=$? live=''
verdict "a drop is seen as it happens, and the signal brings what is at the end" \
	"$([ $status = 143 ] && has 'DISCONNECT, call reference 6 from its originator' && has '627965 "bye"' && echo yes)"
"$utils/q931-dump" "$dir/x.pcapng" --strict --write "$dir/pcap" >"$dir/out" 2>"$dir/err"
status=$?
verdict "the capture has it too, and each span is a line of its own" \
	"$([ $status = 0 ] && has '627965 "bye"' && has 'user busy (17)' && has 'span 1 ' && has 'span 2 ' && echo yes)"
verdict "pcap has no place for the span, which is said" "$(grep -q 'several spans.*pcapng' "$dir/err" && echo yes)"
if command -v tshark >/dev/null; then
	tshark -r "$dir/x.pcapng" -T fields -e frame.interface_name -Y q931.message_type==0x45 >"$dir/out" 2>/dev/null
	verdict "tshark has a DISCONNECT of either span" "$([ "$(sort "$dir/out" | tr '\n' ,)" = 'span 1,span 2,' ] && echo yes)"
fi
listen --socket "$ISDN_SOCKET" --span 2 --json
drop drop 20
drop drop 21
until_true grep -q 'RELEASE COMPLETE' "$dir/out"
verdict "of one span alone, in JSON" "$(grep -q '"span":2' "$dir/out" && ! grep -q '"span":1' "$dir/out" && echo yes)"
kill -KILL "$demo"
wait "$demo" 2>/dev/null
wait "$live"
status=$? demo='' live=''
verdict "a program that dies: status 3" "$([ $status = 3 ] && grep -q 'demo has gone' "$dir/err" && echo yes)"
"$utils/q931-dump" --live >"$dir/out" 2>"$dir/err"
status=$?
verdict "and that is not there" "$([ $status = 3 ] && grep -q 'nobody listens any more' "$dir/err" && echo yes)"
for arguments in '' '--live x'; do
	# shellcheck disable=SC2086
	"$utils/q931-dump" $arguments >"$dir/out" 2>"$dir/err"
	status=$?
	verdict "mistake: q931-dump $arguments" "$([ $status = 2 ] && grep -q FILE "$dir/err" && echo yes)"
done
echo "1..$n"
exit $failed
