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

# shows_program PAGE FILE: the page has the file, as the block that begins with its licence.
shows_program() {
	shown=$(sed -n '/^\/\* SPDX/,/^\.Ed$/{/^\.Ed$/d;s/\\e/\\/g;p;}' "$1")
	if [ "$shown" = "$(cat "$2")" ]; then
		ok "$(basename "$1") shows $(basename "$2")"
		return
	fi
	not_ok "$(basename "$1") shows $(basename "$2")"
	echo "# $1 and $2 differ: copy the program to the page, each backslash with an e behind it"
}

# shows_output PAGE: the page has a command, .Dl, and what it prints, the one block with an offset.
shows_output() {
	command=$(sed -n "s/^\.Dl ${program##*/}//p" "$1" | tr -d "'")
	shown=$(sed -n '/^\.Bd -literal -offset indent$/,/^\.Ed$/{/^\./d;s/\\e/\\/g;p;}' "$1")
	# shellcheck disable=SC2086
	if [ "$shown" ] && [ "$shown" = "$("$program" $command 2>&1)" ]; then
		ok "$(basename "$1") shows what ${program##*/} prints"
	else
		not_ok "$(basename "$1") shows what ${program##*/} prints"
	fi
}

# The rest is for programs that run beside each other; their output is in files of $dir.

# begin NAME PROGRAM ARGS...: in the background, its process in $began, its output in NAME.
begin() {
	name=$1
	shift
	: >"$dir/$name" # here: the one in the background may come after the first look
	"$@" >"$dir/$name" 2>&1 &
	began=$!
}

# until_has NAME TEXT: at most 10 seconds; false after that.
until_has() {
	i=0
	until grep -qF -- "$2" "$dir/$1"; do
		[ $i -lt 500 ] || return 1
		sleep 0.02
		i=$((i + 1))
	done
}

# until_listens NAME: the socket is there.
until_listens() {
	i=0
	until [ -S "$dir/$1" ] || [ $i -ge 500 ]; do
		sleep 0.02
		i=$((i + 1))
	done
}

# shows NAME TITLE WANT [ERE]: the output, without the lines of that expression, is this.
shows() {
	got=$(grep -vE -- "${4:-^$}" "$dir/$1")
	if [ "$got" = "$3" ]; then
		ok "$2"
	else
		not_ok "$2"
		printf '%s\n' "$got" | sed 's/^/# is: /'
		printf '%s\n' "$3" | sed 's/^/# should be: /'
	fi
}

# shows_of NAME TEXT WANT: the lines with the text, where only those have an order.
shows_of() {
	grep -F -- "$2" "$dir/$1" >"$dir/of"
	before=$failed
	failed=0
	shows of "$1: $2" "$3"
	[ $failed = 0 ] || sed 's/^/# all: /' "$dir/$1"
	failed=$((before | failed))
}

# ends PROCESS STATUS TITLE
ends() {
	wait "$1"
	got=$?
	if [ $got = "$2" ]; then ok "$3"; else not_ok "$3 (status $got)"; fi
}

# page_blocks PAGE: its literal blocks, a file each; shows_block FILE: one of them is that file.
page_blocks() {
	shown_in=$(basename "$1")
	awk -v dir="$dir" '/^\.Bd /{ n++; f = dir "/block" n; next } /^\.Ed/{ close(f); f = "" }
		f { gsub(/\\e/, "\\"); sub(/^\\&/, ""); print >f }' "$1"
}
shows_block() {
	for block in "$dir"/block*; do
		if cmp -s "$block" "$1"; then ok "$shown_in shows $(basename "$1")"; return; fi
	done
	not_ok "$shown_in shows $(basename "$1"): copy the program to the page, each backslash with an e behind it"
}
