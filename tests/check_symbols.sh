#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What the objects of a build say of the house: base, q921 and q931 do no input or output, read no
# clock and hold no writable data; internal names carry their prefix; what is exported is what the
# headers mark ISDN_API, and what the map lists.
# usage: check_symbols.sh   from make check
set -u
src=${top_srcdir:-.} build=${top_builddir:-.}
bad=0
complain() { echo "$*"; bad=1; }

command -v nm >/dev/null && command -v readelf >/dev/null ||
	{ echo "skipped: nm and readelf are not installed (binutils)"; exit 77; }
if nm "$build"/base/libisdn_core_la-*.o 2>/dev/null | grep -q __asan_init; then
	echo "skipped: objects with sanitizers have names of their own"
	exit 77
fi

# Of the machine code; nm answers from what -flto keeps beside it, where the compiler's own functions
# (printf, abort) are missing.
symbols() { readelf -sW "$1" | awk '$1 ~ /^[0-9]+:$/ && $5 != "LOCAL" && $8 != ""'; }
undefined() { symbols "$1" | awk '$7 == "UND" {print $8}'; }
defined() { symbols "$1" | awk '$7 != "UND" {print $8}' | grep -vF '.c.'; } # -flto leaves a mark, file.c.number

# The engines: nothing of the operating system, only memory and strings.
allowed='^(_GLOBAL_OFFSET_TABLE_|__stack_chk_fail|mem(cpy|set|cmp|move)|str(len|cmp|chr|ncmp)|v?snprintf|__v?snprintf_chk|__memcpy_chk|malloc|free|ib_.*|i2_.*|i3_.*|isdn_.*)$'
for area in base q921 q931; do
	for o in "$build/$area"/libisdn_core_la-*.o; do
		[ -e "$o" ] || { complain "$build/$area has no objects: is this a build with static libraries?"; continue; }
		for s in $(undefined "$o" | grep -vE "$allowed"); do
			complain "$o uses $s: an engine does no input or output and reads no clock"
		done
		size=$(size -A "$o" | awk '$1 ~ /^\.(data|bss)$/ || $1 ~ /^\.data\.[^r]/ { n += $2 } END { print n + 0 }')
		[ "$size" = 0 ] || complain "$o has $size octets of writable data"
	done
done

# Names: isdn_ is public, the others tell the folder.
prefixes="base:ib_ q921:i2_ q931:i3_ lib:ir_ drivers:id_ control:ic_"
for pair in $prefixes; do
	area=${pair%:*} prefix=${pair#*:}
	for o in "$build/$area"/libisdn*_core_la-*.o; do
		[ -e "$o" ] || { complain "$build/$area has no objects"; continue; }
		[ "$(symbols "$o")" ] || complain "$o has no symbols: is it machine code?"
		for s in $(defined "$o" | grep -vE "^($prefix|isdn_)"); do
			complain "$o defines $s: internal names of $area begin with $prefix"
		done
	done
done

# Exported = ISDN_API of the headers = map.
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# exported LIBRARY MAP HEADER...
exported() {
	so=$build/.libs/$1.so map=$2 name=$1
	shift 2
	cat "$@" | sed -e 's|/\*.*\*/||' | tr '\n' ' ' | grep -oE 'ISDN_API [^;{]*' |
		grep -oE 'isdn_[a-z0-9_]+ *\(' | tr -d ' (' | sort -u >"$tmp/headers"
	sed -n 's/^\t\(isdn_[a-z0-9_]*\);$/\1/p' "$src/$map" | sort -u >"$tmp/map"
	diff "$tmp/headers" "$tmp/map" >"$tmp/diff" || complain "headers (<) and $map (>) differ: $(cat "$tmp/diff")"
	[ -e "$so" ] || return
	nm -D --defined-only "$so" | awk '$2 != "A" {print $3}' | sed 's/@.*//' | sort -u >"$tmp/so"
	diff "$tmp/headers" "$tmp/so" >"$tmp/diff" || complain "headers (<) and $name.so (>) differ: $(cat "$tmp/diff")"
}
exported libisdn lib/libisdn.map $(ls "$src"/include/isdn/*.h | grep -v '/control\.h$')
exported libisdn-control control/libisdn-control.map "$src/include/isdn/control.h"
exit $bad
