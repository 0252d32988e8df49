#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# libisdn and libpri against each other over a socket pair, both roles.
set -u
dir=${top_builddir:-.}/tests
[ -x "$dir/peer_libpri" ] || { echo "skipped: libpri-dev is not installed"; exit 77; }
[ -x "$dir/interop_libpri" ] || { echo "skipped: libcmocka-dev is not installed"; exit 77; }
exec "$dir/interop_libpri" "$dir/peer_libpri"
