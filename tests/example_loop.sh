#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/loop-*: one line in four event loops, as isdn-loop(7) shows them; a loop whose library is not there is left out.
set -u
src=${top_srcdir:-.} build=${top_builddir:-.} page=$src/man/isdn-loop.7
. "$src/tests/example_lib.sh"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

page_blocks "$page"

for loop in poll epoll libevent libuv; do
	shows_block "$src/examples/loop-$loop.c"
	program=$build/examples/loop-$loop
	[ -x "$program" ] || { ok "loop-$loop # SKIP its library is not installed"; continue; }
	rm -f "$dir/s"
	begin near "$program" "socket:$dir/s,net,listen"
	near=$began
	until_listens s
	begin far "$build/examples/drop" "socket:$dir/s,user" 5551234 bye
	wait $began
	begin far "$build/examples/drop" "socket:$dir/s,user" 5551234 bye
	wait $began
	shows far "loop-$loop rejects calls" 'DIALING
DISCONNECTED, cause 21 (call rejected), remote
IDLE, cause 21 (call rejected), remote' '^link'
	kill -TERM $near
	ends $near 0 "loop-$loop ends at a signal"
	shows near "loop-$loop takes all events" 'OFFERING
IDLE
OFFERING
IDLE'
done
echo "1..$n"
exit $failed
