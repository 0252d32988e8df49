#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# libisdn against libpri in every set-up, variant and outcome, as a table; and all of it once more
# over a line that loses a tenth of the frames either way.
set -u
dir=${top_builddir:-.}/tests
[ -x "$dir/interop_matrix" ] || { echo "skipped: libpri-dev is not installed"; exit 77; }
"$dir/interop_matrix" || exit 1
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT
if ! "$dir/interop_matrix" -l 100 >"$out"; then
	cat "$out"
	exit 1
fi
echo "with loss: $(tail -n 1 "$out")"
