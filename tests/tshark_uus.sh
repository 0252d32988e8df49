#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Requests for user-to-user services and their answers as an independent decoder reads them.
set -u
command -v tshark >/dev/null || { echo "skipped: tshark is not installed"; exit 77; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
"${top_builddir:-.}/tests/make_uus" "$dir/u.pcap" || exit 1
read_it() {
	tshark -r "$dir/u.pcap" -o q931.reassembly:FALSE -o "q932.facility_encoding:Dissect facility as ETSI" \
		--disable-protocol HI2operations "$@" 2>/dev/null
}
faults=$(read_it -Y '_ws.malformed || _ws.expert') || { echo "tshark does not read the capture"; exit 1; }
[ -z "$faults" ] || { echo "$faults"; exit 1; }
# message|services asked for|preferred|kind of component (1 invoke, 2 result, 3 error)|identifiers and errors|cause
read_it -Y 'q932 || q931.message_type == 0x79' -T fields -E occurrence=a -E aggregator=, -E separator='|' \
	-e q931.message_type -e isdn-sup.service -e isdn-sup.preferred -e q932.ros.ROS -e q932.ros.local \
	-e q931.cause_value >"$dir/is"
cat >"$dir/want" <<'END'
0x05|1,2,3|1,1,0|1,1,1|1,1,1|
0x01|||2,2,2||
0x79|||||43
0x79|||||43
0x05|1,3|1,1|1,1|1,1|
0x07|||3,3|2,3|
0x05|1|0|1|1|
0x45|||3|2|29
0x05|2|0|1|1|
0x5a|||3|0|50
0x62|3|1|1|1|
0x62|||2||
END
diff "$dir/want" "$dir/is" || exit 1
n=$(read_it -V | grep -c 'Operation: userUserService (1)')
[ "$n" = 8 ] || { echo "userUserService is named $n times, not 8"; exit 1; }
n=$(read_it -V | grep -c 'User information: \(hello\|ringing\|while it rings\|in the call\|bye\)$')
[ "$n" = 8 ] || { echo "user information is read $n times, not 8"; exit 1; }
