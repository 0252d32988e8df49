#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A directory of inputs as lines of hex, the shortest first: pack.sh DIRECTORY > fuzz/message.hex
set -eu
for f in "$1"/*; do
	od -An -v -tx1 "$f" | tr -d ' \n'
	echo
done | awk '{ print length, $0 }' | sort -n | cut -d' ' -f2-
