#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# User-user information between libisdn and libpri, and the services that libpri does not know.
set -u
dir=${top_builddir:-.}/tests
[ -x "$dir/interop_uui" ] || { echo "skipped: libpri-dev or libcmocka-dev is not installed"; exit 77; }
exec "$dir/interop_uui"
