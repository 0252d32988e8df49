#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Random messages as we read them, and as an independent decoder does, field by field.
# usage: [SEED=1] [COUNT=2000] tshark_random.sh   from make check; make check-tshark does more
set -u
for program in tshark python3; do
	command -v $program >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
seed=${SEED:-1} count=${COUNT:-2000}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
"${top_builddir:-.}/tests/make_random" "$seed" "$count" "$dir/r.pcap" >"$dir/r.json" || exit 1
python3 "${top_srcdir:-.}/tests/tshark_random.py" "$dir/r.pcap" "$dir/r.json" "$seed"
