#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What we encode, as an independent decoder sees it: no fault, and the values that went in.
set -u
command -v tshark >/dev/null || { echo "skipped: tshark is not installed"; exit 77; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
"${top_builddir:-.}/tests/make_capture" "$dir/c.pcap" >"$dir/want" || exit 1
tshark -r "$dir/c.pcap" -T fields -e q931.message_type -e q931.call_ref -e q931.cause_value \
	-e q931.called_party_number.digits -e data.data >"$dir/seen" 2>"$dir/err" || { cat "$dir/err"; exit 1; }
tshark -r "$dir/c.pcap" -Y '_ws.malformed || _ws.expert' 2>/dev/null >"$dir/faults"
[ ! -s "$dir/faults" ] || { echo "tshark finds fault with:"; cat "$dir/faults"; exit 1; }
diff "$dir/want" "$dir/seen" || { echo "what was encoded (<) is not what tshark decodes (>)"; exit 1; }
echo "$(wc -l <"$dir/want") messages, as they were encoded"
