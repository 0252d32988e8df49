#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What fuzzing has found worth keeping is read without a fault.
set -eu
for t in message facility link span uui relay control dump; do
	"${top_builddir:-.}/fuzz/replay_$t" "${top_srcdir:-.}/fuzz/$t.hex"
done
