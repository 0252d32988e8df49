#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# libisdn against libpri in every set-up, variant and outcome, as a table.
set -u
dir=${top_builddir:-.}/tests
[ -x "$dir/interop_matrix" ] || { echo "skipped: libpri-dev is not installed"; exit 77; }
exec "$dir/interop_matrix" "$@"
