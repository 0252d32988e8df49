#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# libisdn and libpri over two D-channels of which one fails.
set -u
dir=${top_builddir:-.}/tests
[ -x "$dir/interop_nfas" ] || { echo "skipped: libpri-dev or libcmocka-dev is not installed"; exit 77; }
exec "$dir/interop_nfas"
