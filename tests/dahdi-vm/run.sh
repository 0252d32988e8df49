#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Run a shell script in a guest that has a real DAHDI, and exit with its status.
# usage: run.sh GUEST_SCRIPT FILE...
#
# The files (programs with the libraries that they need, programs of the build tree included, or any
# other file) are in the guest's current directory, /t, which is in its PATH; the script runs there
# under busybox's sh as root. Two E1 spans are up, channels 1-31 and 32-62, each connected to the
# other; the D-channels are 16 and 47. Two spans of basic access, connected likewise, have the
# D-channels 65 and 68. The guest boots in about 5 s, has no network but lo, and ends with the
# script. What it prints goes to stdout and is kept in LOG.
#
# Environment: ISDN_VM_DIR  where the prepared guest is kept; prepare.sh is run if need be
#              VM_CONF      the guest's /etc/dahdi/system.conf; the one beside this script
#              VM_LOG       LOG; $ISDN_VM_DIR/NAME-OF-SCRIPT.log
#              VM_MEM       megabytes of memory, 512
#              VM_TIMEOUT   seconds, 600
#              top_builddir where the build tree is that a program's library is in; .
# Exit status: the script's; 77 when there can be no guest; 124 when it did not end by itself.
set -eu
[ $# -ge 1 ] || { sed -n '3,4s/^# //p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
script=$1
shift
dir=${ISDN_VM_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/libisdn/dahdi-vm}
sh "$here/prepare.sh" "$dir" || exit $?
log=${VM_LOG:-$dir/$(basename "$script").log}

guest=$(mktemp -d)
trap 'rm -rf "$guest"' EXIT
root=$guest/root
for d in bin sbin etc/dahdi proc sys dev tmp t lib/modules lib64; do mkdir -p "$root/$d"; done
cp /bin/busybox "$root/bin/busybox"
ln -s busybox "$root/bin/sh"
cp "${VM_CONF:-$here/system.conf}" "$root/etc/dahdi/system.conf"
cp "$dir"/modules/*.ko "$root/lib/modules/"
cp "$here/init" "$root/init"
cp "$script" "$root/t/guest-script"

# A file, and the libraries it is linked to. Of a program in libtool's build tree take the true one.
take() {
	file=$1 libs=${top_builddir:-.}/.libs
	[ -e "$file" ] || { echo "run.sh: $file: no such file" >&2; exit 2; }
	real=$(dirname "$file")/.libs/$(basename "$file")
	[ ! -x "$real" ] || file=$real
	cp -L "$file" "$2/$(basename "$file")"
	LD_LIBRARY_PATH=$libs ldd "$file" 2>/dev/null | grep -oE '/[^ ]+\.so[^ ]*' | while read -r lib; do
		case $lib in
		*/ld-linux*) cp -L "$lib" "$root/lib64/" ;;
		*) cp -L "$lib" "$root/lib/" ;;
		esac
	done
}
take /usr/sbin/dahdi_cfg "$root/sbin"
for f; do take "$f" "$root/t"; done

chmod 755 "$root/init"
(cd "$root" && find . | cpio -o -H newc --quiet -R 0:0) | gzip -1 >"$guest/initrd"
# Emulation only: nested virtualisation hangs on some hosts.
timeout "${VM_TIMEOUT:-600}" qemu-system-x86_64 -accel tcg -cpu max -m "${VM_MEM:-512}" -smp 1 \
	-nodefaults -display none -serial stdio -no-reboot -kernel "$dir/vmlinuz" \
	-initrd "$guest/initrd" \
	-append "console=ttyS0 quiet loglevel=0 panic=1" </dev/null 2>&1 | tr -d '\r' | tee "$log"
status=$(sed -n 's/^VM-EXIT-STATUS \([0-9]*\)$/\1/p' "$log" | tail -n 1)
[ -n "$status" ] || echo "run.sh: the guest did not end by itself within ${VM_TIMEOUT:-600} s"
exit "${status:-124}"
