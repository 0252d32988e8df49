#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Guest script: q931-load holds 30 calls on the real DAHDI span, and places as many as its D-channel
# carries: against itself, then against libpri, as the network and as the user. No call may fail.
# Each takes SOAK_SECONDS, 300. make soak-dahdi runs it; make check-dahdi has it for a few seconds.
set -u
seconds=${SOAK_SECONDS:-300} failed=0

# load COMMAND SPAN...: 30 at a time all the while, each held so long that the D-channel is the limit.
load() {
	echo "\$ q931-load $*"
	q931-load "$@" --hold 0.2 --ramp 3 --concurrency 30 --duration "$seconds" --timeout 20 \
		--color never --progress 60 >summary
	status=$?
	cat summary
	all=29 # on average, when the ramp is a small part of it
	[ "$seconds" -ge 60 ] || all=
	[ $status = 0 ] && grep -q ', 0 failed$' summary &&
		grep -q "^at once  *30 at most, $all" summary ||
		{ echo "FAILED: status $status"; failed=1; }
}

# against CHANNEL ROLE: libpri there.
against() {
	libpri_sink "$1" "$2" >theirs 2>&1 &
	sink=$!
}
libpri_end() {
	sleep 1
	kill $sink
	wait $sink || { echo "FAILED: libpri, status $?"; failed=1; }
	tail -n 5 theirs
}

echo "== q931-load against itself"
load both dahdi:16,net dahdi:47,user
[ -x ./libpri_sink ] || exit $failed
echo "== q931-load as the network, libpri as the user"
against 47 cpe
load generate dahdi:16,net
libpri_end
echo "== q931-load as the user, libpri as the network"
against 47 net
load generate dahdi:16,user
libpri_end
exit $failed
