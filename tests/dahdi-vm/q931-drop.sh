#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Guest script: q931-drop on the D-channels of a real DAHDI, against libpri and against itself.
fail() {
	echo "FAILED: $*"
	cat ours theirs 2>/dev/null
	exit 1
}

# 128 octets of user information, NUL and 0xff among them, from one q931-drop to the other.
uui=00$(i=0; while [ $i -lt 126 ]; do printf %02x $i; i=$((i + 1)); done)00ff
q931-drop answer dahdi:47,user >theirs 2>&1 &
q931-drop call dahdi:16,net 5551234 --uui-hex "$uui" --cause 17 --drop-after 0.1 >ours 2>&1 ||
	fail "call and drop: status $?"
wait $! || fail "the answering side: status $?"
grep -q "dropped: CLEARED, UUI sent" ours || fail "the drop"
grep -q "cause 17 (user busy), remote" theirs || fail "the cause"
grep -q "UUI received: 00 ${uui#00}" theirs || fail "the UUI"
echo "ok - call and drop, UUI of 128 octets"

# A conference of three calls against libpri.
peer_libpri --dahdi 47 --role net --answer --expect-hangups 3 >theirs 2>/dev/null &
q931-drop conference dahdi:16,user 1 2 3 --uui "closed" --cause 31 --drop-after 0.1 >ours 2>&1 ||
	fail "conference: status $?"
wait $! || fail "libpri: status $?"
grep -q "conference: 4 calls ended, 0 could not be cleared" ours || fail "the outcome"
[ "$(grep -c "HANGUP_REQ call=[123] cause=31 uui=636c6f736564" theirs)" = 3 ] || fail "the hang-ups"
echo "ok - conference of three against libpri, dropped by one request"

# What can not be opened says why.
q931-drop call dahdi:1,user 1 2>&1 | grep -q "B-channel" || fail "a B-channel"
q931-drop call dahdi:999,user 1 2>&1 | grep -q "no such channel" || fail "no channel"
echo "ok - channels that are none are named"
