#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The directions of the house (doc/architecture.md): who may include whom.
# usage: check_includes.sh   from make check; SRC is the tree, top_srcdir by default
set -u
cd "${SRC:-${top_srcdir:-.}}" || exit 1
bad=0

# allow FOLDER PATTERN: each #include "..." or <isdn/...> of FOLDER matches PATTERN.
allow() {
	for f in "$1"/*.[ch]; do
		grep -HnoE '^ *# *include *("[^"]*"|<isdn/[^>]*>)' "$f" |
			sed -E 's/# *include *["<]([^">]*)[">]/\1/' | while IFS=: read -r file line what; do
			printf '%s\n' "$what" | grep -qE "$2" || echo "$file:$line: may not include $what"
		done
	done
}

found=$(
	allow base '^(base/|isdn/base\.h$)'
	allow q921 '^(q921/|base/|isdn/(base|link)\.h$)'
	allow q931 '^(q931/|base/|isdn/(base|cause|ie|link|msg|span|uui|uus)\.h$)'
	allow drivers '^(drivers/|base/|isdn/base\.h$)'
	allow lib '^(lib/|q931/cc\.h|q921/q921\.h|drivers/driver\.h|base/|isdn/)'
	allow control '^(control/|isdn/)'
	allow utils '^([a-z0-9_]+\.h$|isdn/)'
	allow examples '^(isdn/|sip-[a-z]+\.h$)'
	allow include/isdn '^isdn/'
)
if [ "$found" ]; then
	echo "$found"
	bad=1
fi
exit $bad
