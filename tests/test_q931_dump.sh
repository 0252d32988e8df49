#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# q931-dump on captures, hex and the trace of a real libpri: what it shows, selects, writes, survives.
set -u
TZ=UTC
export TZ
unset COLUMNS NO_COLOR
utils=${top_builddir:-.}/utils src=${top_srcdir:-.}/tests
dump=$utils/q931-dump
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0 failed=0

verdict() {
	n=$((n + 1))
	if [ "$2" ]; then echo "ok $n - $1"; return; fi
	echo "not ok $n - $1"
	[ ! -s "$dir/err" ] || sed 's/^/# /' "$dir/err"
	failed=1
}
have() { command -v "$1" >/dev/null; }
# run ARGS...: output in out, errors in err, the status in status.
run() { "$dump" "$@" >"$dir/out" 2>"$dir/err"; status=$?; }
same() { diff "$1" "$2" >"$dir/err"; }
py() { python3 "$src/dump_check.py" "$@" >"$dir/err" 2>&1; }

"$utils/q931-drop" demo --pcap "$dir/demo.pcap" >"$dir/demo.txt" || exit 1

# --- exact output

cp "$src/dump/wrong.hex" "$dir"
cd "$dir" || exit 1
for format in text ladder; do
	run wrong.hex --uui-limit 32 --format $format
	verdict "$format: complaints are as they must be" "$(same out "$src/dump/wrong.$format" && [ $status = 0 ] && echo yes)"
done
run wrong.hex --uui-limit 32 --json --stats
sed -n '3p;12p;$p' out >lines
verdict "json: likewise" "$(same lines "$src/dump/wrong.json" && echo yes)"
run demo.pcap --format ladder
verdict "ladder: the demonstration in 80 columns" "$(same out "$src/dump/demo.ladder" &&
	[ -z "$(awk 'length > 80' out)" ] && echo yes)"
COLUMNS=60 run demo.pcap --format ladder
verdict "ladder: and in 60" "$([ -z "$(awk 'length > 60' out)" ] && [ -s out ] && echo yes)"
run wrong.hex --strict
verdict "complaints and --strict: status 1" "$([ $status = 1 ] && echo yes)"
run demo.pcap --strict
verdict "no complaint: status 0" "$([ $status = 0 ] && ! grep -q '^  !' out && echo yes)"
run wrong.hex
verdict "what is no frame is told" "$(grep -q '1 skipped, the first is number 37: no octets in hex' err && echo yes)"

# --- the same frames by other ways

run demo.pcap --json --layer2
cp out demo.json
if have python3; then
	verdict "json is as its schema says" "$(py schema "$src/dump/q931-dump.schema.json" demo.json &&
		"$dump" wrong.hex --json >wrong.json 2>err2 &&
		py schema "$src/dump/q931-dump.schema.json" wrong.json && echo yes)"
	python3 -c '
import json, sys
for i, line in enumerate(open("demo.json")):
    f = json.loads(line)
    print("%.6f %s> %s" % (f["time"], f["from"], f["octets"]), file=sys.stdout)
    o = bytes.fromhex(f["octets"])
    tap = bytes([2, 4, 19, 5, 0x40 if f["from"] == "user" else 0, 0] + [0] * 6 + [1, 0, 0, 0]) + o
    with open("tap.txt", "a") as t:
        print("0000 " + " ".join("%02x" % b for b in tap) + "\n", file=t)
    with open("od.txt", "a") as t:
        for at in range(0, len(o), 16):
            print("%06x " % at + " ".join("%02x" % b for b in o[at:at + 16]), file=t)
' >demo.hex
	"$dump" demo.pcap --layer2 >want
	run demo.hex --layer2
	verdict "hex lines with times and directions" "$(same out want && echo yes)"
	"$dump" demo.pcap --layer2 | grep -v 'RR TEI' | sed 's/^[0-9][0-9.]*  //' >plain
	run od.txt --layer2
	grep -v 'RR TEI' out >out2
	verdict "offsets in front of octets" "$(same out2 plain && echo yes)"
	cut -d' ' -f3 demo.hex | sed -n 's/^........\(08.*\)/\1/p' >bare.hex
	run bare.hex --bare --json
	verdict "messages without layer 2" "$([ "$(grep -c '"message":"' out)" = "$(wc -l <bare.hex)" ] &&
		[ "$(grep -c '"complaints":\[\]' out)" = "$(wc -l <bare.hex)" ] && echo yes)"
fi
if have text2pcap && have editcap && have mergecap && [ -s tap.txt ]; then
	editcap -F nsecpcap demo.pcap ns.pcap && editcap -F pcapng demo.pcap ng.pcapng
	for file in ns.pcap ng.pcapng; do
		run $file --layer2
		verdict "$file" "$(same out want && echo yes)"
	done
	text2pcap -q -u 4729,4729 tap.txt tap.pcap 2>err && editcap -F pcapng tap.pcap tap.pcapng
	for file in tap.pcap tap.pcapng; do
		run $file --layer2
		sed 's/^[0-9][0-9.]*  //' want >want2
		sed 's/^[0-9][0-9.]*  //' out >out2
		verdict "GSMTAP: $file" "$(same out2 want2 && echo yes)"
	done
	mergecap -I none -w two.pcapng demo.pcap tap.pcap
	run two.pcapng --json
	verdict "interfaces of two link types in one file" \
		"$([ "$(grep -c '"span":0' out)" = "$(grep -c '"span":261' out)" ] && ! [ -s err ] && echo yes)"
	editcap -s 24 demo.pcap cut.pcap
	run cut.pcap
	verdict "frames that were cut are not blamed for what is missing" \
		"$(grep -q '! cut: 24 of 30 octets are here' out && ! grep '! ' out | grep -qv 'cut:' && echo yes)"
	text2pcap -q -u 53,53 tap.txt dns.pcap 2>err
	run dns.pcap
	verdict "what is no LAPD is skipped and told" \
		"$([ $status = 0 ] && ! [ -s out ] && grep -q 'not that of GSMTAP' err && echo yes)"
fi
if have tshark && have python3; then
	verdict "tshark reads the same in the demonstration" "$(py tshark demo.pcap demo.json && echo yes)"
	if [ -x "$utils/../tests/make_random" ]; then
		"$utils/../tests/make_random" "${SEED:-7}" 3000 random.pcap >/dev/null
		run random.pcap --json --layer2
		verdict "and in 3000 random messages" "$(py tshark random.pcap out && echo yes)"
	fi
fi
trace=$utils/../tests/pri_trace
if [ -x "$trace" ] && have python3; then
	# 1: octets; 37: and words; 38: words of both layers; 100: words of layer 3 alone
	for mask in 1 37 38 100; do
		for line in 'pri net' 'bri cpe'; do
			# shellcheck disable=SC2086
			"$trace" $mask $line wire.hex >trace.txt 2>err
			run trace.txt --json --layer2
			what=frames
			[ $mask != 100 ] || what=messages
			verdict "libpri's trace, mask $mask, $line: the octets are those of the wire" \
				"$(py $what wire.hex out && grep -q '"span":1' out && echo yes)"
		done
	done
	sed 's/^PRI Span: 1/[2026-11-22 10:11:12.345] VERBOSE[99] chan_dahdi.c: PRI Span: 2/' trace.txt >log
	run log --json
	verdict "in the log of an Asterisk" "$(grep -q '"span":2,"time":1795342272.345' out && echo yes)"
fi

# --- selection

calls() { sed -n 's/.*  call \([0-9]*\).*/\1/p' out | sort -u | tr '\n' ' '; }
# selects CALLS ARGS...: in two passes over a file, and in one over a stream.
selects() {
	want=$1
	shift
	run demo.pcap "$@"
	cp out file
	verdict "$*" "$([ "$(calls)" = "$want" ] && grep -q SETUP out && echo yes)"
	"$dump" - "$@" <demo.pcap >out 2>err
	verdict "$*, of a stream" "$([ "$(calls)" = "$want" ] && [ "$(grep -c ' call ' out)" = "$(grep -c ' call ' file)" ] && echo yes)"
}
selects '3 ' --cause 21
selects '3 ' --cause call-rejected
selects '1 ' --number 0001
selects '2 ' --number 5550002 --cause 16
selects '3 ' --call net:1
selects '1 3 ' --call 1
selects '2 ' --channel 30
selects '1 2 3 ' --uui closed
selects '1 2 ' --message DISCONNECT
selects '1 2 3 ' --uui hex:20636c --message disconnect,release-complete
run demo.pcap --number 5550002 --cause 21
verdict "parts of a filter that no call has together" "$([ $status = 0 ] && ! [ -s out ] && echo yes)"
run demo.pcap --message DISCONNECT --only-messages
verdict "--only-messages" "$([ "$(grep -c '^  [A-Z]' out)" = 2 ] && echo yes)"
run demo.pcap --cause 21 --write part.pcap
run part.pcap --format ladder
verdict "--write" "$([ "$(grep -c 'cr=net:1' out)" = 2 ] && [ "$(grep -c 'cr=user' out)" = 0 ] && echo yes)"
run demo.pcap --stats
verdict "--stats" "$(grep -q 'SETUP to CONNECT: 2 calls, ms: least 200' out && grep -q '^ *3 SETUP' out && echo yes)"
run demo.pcap --times delta
verdict "--times delta" "$(grep -q '^0.095000  user -> network  I' out && echo yes)"
run demo.pcap --times absolute
verdict "--times absolute" "$(grep -q '^1970-01-01 00:00:01.100000  user' out && echo yes)"
run demo.pcap --color always
verdict "colour when it is asked for" "$(grep -q "$(printf '\033')" out && echo yes)"

# --- a stream that stays open: what was given is shown

mkfifo pipe
"$dump" - <pipe >live 2>err &
reader=$!
exec 3>pipe
printf '00017f\n' >&3
i=0
until [ -s live ] || [ $i -ge 500 ]; do sleep 0.01; i=$((i + 1)); done
verdict "lines are shown as they come" "$(grep -q SABME live && kill -0 $reader && echo yes)"
exec 3>&-
wait $reader
"$dump" - --stats <pipe >live2 2>err &
reader=$!
exec 3>pipe
printf '00017f\n' >&3
i=0
until [ -s live2 ] || [ $i -ge 500 ]; do sleep 0.01; i=$((i + 1)); done
kill -TERM $reader
wait $reader
status=$?
exec 3>&-
verdict "a signal ends the input, and the summary comes" "$([ $status = 143 ] && grep -q '^1 frames' live2 && echo yes)"

# --- SVG

run demo.pcap --format svg --title 'a < b & "c"'
cp out demo.svg
verdict "svg has its arrows and its title" "$([ "$(grep -c '<tspan class="b">' out)" = 18 ] &&
	grep -q 'a &lt; b &amp; &quot;c&quot;' out && echo yes)"
if have python3; then
	"$dump" wrong.hex --format svg >wrong.svg 2>/dev/null
	verdict "svg is XML, and nothing in it is from elsewhere" "$(python3 -c '
import sys, xml.dom.minidom
for f in ("demo.svg", "wrong.svg"):
    for e in xml.dom.minidom.parse(f).getElementsByTagName("*"):
        assert e.tagName not in ("script", "image", "use", "a"), e.tagName
        assert not [k for k in e.attributes.keys() if "href" in k or k.startswith("on")]
' 2>err && echo yes)"
fi
if have rsvg-convert; then
	verdict "svg is drawn" "$(rsvg-convert -o demo.png demo.svg 2>err && [ -s demo.png ] && echo yes)"
fi

# --- damage, and mistakes

mkdir parts
for file in demo.pcap ng.pcapng; do
	[ -s $file ] || continue
	size=$(wc -c <$file) at=0
	while [ $at -lt "$size" ]; do
		head -c $at $file >parts/$file.$at
		at=$((at + (at < 200 ? 1 : 17)))
	done
done
run parts/* --json
verdict "captures cut at every length" "$([ $status = 3 ] && grep -q 'behind frame 3:' err && echo yes)"
awk 'BEGIN { for (i = 0; i < 70000; i++) printf "0"; print ""; print "00017f" }' >long
run long --input hex
verdict "a huge line" "$(grep -q 'more than 65536' err && grep -q SABME out && echo yes)"
printf '00017f\n00\00017f\n00017f' >nul
run nul
verdict "a NUL" "$([ "$(grep -c SABME out)" = 2 ] && grep -q skipped err && echo yes)"
awk 'BEGIN { print "00017f\n000173"; for (i = 1; i <= 12000; i++) printf "user> 0001%02x%02x0802%04x05%s\n", i * 2 % 256 - 0, 0, i, "04038090a3" }' >many
run many --stats
verdict "more calls than are followed" "$(grep -q '2000 calls were forgotten' err && grep -q '12000 calls in the input' out && echo yes)"

# mistake STATUS TEXT ARGS...
mistake() {
	want=$1 text=$2
	shift 2
	run "$@"
	verdict "mistake: $*" "$([ $status = "$want" ] && grep -qF -- "$text" err && echo yes)"
}
mistake 3 'No such file' nobody
mistake 3 'neither a capture' demo.txt
mistake 3 'no pcap or pcapng' wrong.hex --input pcap
mistake 2 'choose among text, json, ladder, svg' demo.pcap --format xml
mistake 2 'names are as in' demo.pcap --message DISCONECT
mistake 2 'a call reference is' demo.pcap --call me:5
mistake 2 'is no hex digit' demo.pcap --uui hex:zz
mistake 2 'causes have that in their name' demo.pcap --cause number
mistake 2 'it takes FILE' --json
run nobody demo.pcap
verdict "the other files are read" "$([ $status = 3 ] && grep -q SETUP out && echo yes)"
: >empty
run empty
verdict "an empty file is no mistake" "$([ $status = 0 ] && ! [ -s out ] && ! [ -s err ] && echo yes)"
"$dump" --completion bash >comp && "$dump" --completion zsh >>comp
verdict "completion" "$(grep -q -- '--only-messages' comp && echo yes)"
echo "1..$n"
exit $failed
