#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Jobs from several threads, with the library and the test compiled with ThreadSanitizer.
program=${top_builddir:-.}/tests/test_registry_tsan
[ -x "$program" ] || { echo "skipped: $CC has no -fsanitize=thread"; exit 77; }
# Addresses that are given at random can be where its tables are to be.
if setarch "$(uname -m)" -R true 2>/dev/null; then
	exec setarch "$(uname -m)" -R "$program"
fi
exec "$program"
