#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# libisdn and libpri against each other over a line that loses frames, and on BRI: point to point,
# and several terminals at a bus. The groups run side by side, for most of their time is timers.
set -u
dir=${top_builddir:-.}/tests
[ -x "$dir/peer_libpri" ] || { echo "skipped: libpri-dev is not installed"; exit 77; }
[ -x "$dir/interop_libpri_bri" ] || { echo "skipped: libcmocka-dev is not installed"; exit 77; }
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
groups='pri ptp user network lost line release restart'
for group in $groups; do
	{
		"$dir/interop_libpri_bri" "$dir/peer_libpri" "$dir/bus_relay" "$group"
		echo $? >"$out/$group.status"
	} >"$out/$group" 2>&1 &
done
wait
failed=0
for group in $groups; do
	cat "$out/$group"
	[ "$(cat "$out/$group.status")" = 0 ] || failed=1
done
exit $failed
