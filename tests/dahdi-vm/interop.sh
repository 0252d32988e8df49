#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Guest script: libisdn on channel 16 against libpri on channel 47 in both roles, what the registry
# promises, the same with the far span torn down during a call, q931-drop on both, user-user
# information in a call between both, a conference of all channels that is dropped, as many calls as
# the D-channel carries, basic access, and at last the driver alone, which leaves a span unassigned.
echo "== libisdn and libpri on two E1 spans"
./interop_libpri ./peer_libpri 16 47 || exit 1
echo "== the registry and libpri"
./interop_registry ./peer_libpri 16 47 || exit 1
echo "== the far span goes and comes back"
./interop_libpri ./peer_libpri 16 47 "spanctl destroy loc,1:1 >/dev/null" \
	"spanctl create loc,1:1 31 0 >/dev/null && dahdi_cfg -c far.conf" || exit 1
echo "== q931-drop and libpri"
sh ./q931-drop.sh || exit 1
echo "== user-user information in a call"
./uui_check || exit 1
echo "== one drop for thirty calls of libpri"
./conference_check ./peer_libpri 16 47 || exit 1
echo "== as many calls as the D-channel carries"
SOAK_SECONDS=6 sh ./soak.sh || exit 1
echo "== basic access"
./bri_check || exit 1
echo "== the driver"
./driver_check || exit 1
