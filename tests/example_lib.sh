# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh disable=SC2034,SC2154
# What tests of examples share; the one that reads this says which $program it is.
n=0 failed=0

ok() {
	n=$((n + 1))
	echo "ok $n - $1"
}

not_ok() {
	n=$((n + 1))
	echo "not ok $n - $1"
	failed=1
}

# is STATUS OUTPUT ARGS...: the output, errors too, and the status are these.
is() {
	status=$1 want=$2
	shift 2
	got=$("$program" "$@" 2>&1)
	got_status=$?
	if [ "$got" = "$want" ] && [ $got_status = "$status" ]; then
		ok "$*"
		return
	fi
	not_ok "$*"
	echo "# status $got_status, output: $got"
}

# hex N: so many octets, as digits.
hex() {
	i=0
	while [ $i -lt "$1" ]; do
		printf '%02x' $i
		i=$((i + 1))
	done
}
