#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Requirements of the registry with libpri at the far end of a socket pair, both roles.
set -u
dir=${top_builddir:-.}/tests
[ -x "$dir/peer_libpri" ] || { echo "skipped: libpri-dev is not installed"; exit 77; }
[ -x "$dir/interop_registry" ] || { echo "skipped: libcmocka-dev is not installed"; exit 77; }
exec "$dir/interop_registry" "$dir/peer_libpri"
