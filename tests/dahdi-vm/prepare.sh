#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Prepare a guest that runs a real DAHDI without a card: Debian's kernel, and its modules dahdi,
# dahdi_dynamic and dahdi_dynamic_loc built from the package dahdi-source.
# usage: prepare.sh [DIR]
# DIR (else $ISDN_VM_DIR, else ~/.cache/libisdn/dahdi-vm) then holds vmlinuz, modules/*.ko and kver;
# one that is prepared already is left as it is. Takes a minute at most. Root is needed only when
# packages are missing. Exits 77, with the reason on stdout, where the parts can not be had.
set -eu

skip() {
	echo "skipped: $*"
	exit 77
}

dir=${1:-${ISDN_VM_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/libisdn/dahdi-vm}}
if [ -s "$dir/kver" ] && command -v qemu-system-x86_64 >/dev/null && command -v cpio >/dev/null &&
	[ -x /usr/sbin/dahdi_cfg ] && [ -x /bin/busybox ]; then
	exit 0
fi
[ "$(uname -m)" = x86_64 ] || skip "the guest is made for x86_64, this is $(uname -m)"
command -v apt-get >/dev/null || skip "the guest is made of Debian packages: apt-get is not here"
export DEBIAN_FRONTEND=noninteractive
root=no
[ "$(id -u)" != 0 ] || root=yes

# The kernel whose headers Debian's meta package names now.
newest() { apt-cache depends linux-headers-amd64 2>/dev/null |
	sed -n 's/.*Depends: linux-headers-\([0-9].*\)/\1/p' | head -n 1; }
kver=$(newest)
if [ -z "$kver" ] && [ $root = yes ]; then
	apt-get -qq update || skip "apt-get update failed"
	kver=$(newest)
fi
[ -n "$kver" ] || skip "apt knows no package linux-headers-amd64; run apt-get update, as root"

missing=
for p in "linux-headers-$kver" dahdi dahdi-source busybox-static cpio qemu-system-x86 make gcc \
	bzip2; do
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] ||
		missing="$missing $p"
done
if [ -n "$missing" ]; then
	[ $root = yes ] || skip "packages are missing; as root: apt-get install$missing"
	# shellcheck disable=SC2086
	apt-get -qq -y --no-install-recommends install $missing >/dev/null 2>&1 ||
		{ apt-get -qq update && apt-get -qq -y --no-install-recommends install $missing >/dev/null; } ||
		skip "apt-get can not install$missing"
fi
[ ! -s "$dir/kver" ] || exit 0

mkdir -p "$dir"
work=$(mktemp -d "$dir/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/modules" "$work/image"
(cd "$work" && apt-get -qq download "linux-image-$kver" 2>/dev/null) ||
	skip "the package linux-image-$kver can not be downloaded"
dpkg -x "$work"/linux-image-*.deb "$work/image"
cp "$work/image/boot/vmlinuz-$kver" "$work/vmlinuz"

tar xf /usr/src/dahdi.tar.bz2 -C "$work"
src=$work/modules/dahdi
make -s -C "/usr/src/linux-headers-$kver" M="$src/drivers/dahdi" DAHDI_INCLUDE="$src/include" \
	DAHDI_MODULES_EXTRA=" " HOTPLUG_FIRMWARE=yes CONFIG_DAHDI=m CONFIG_DAHDI_DYNAMIC=m \
	CONFIG_DAHDI_DYNAMIC_LOC=m modules >"$dir/build.log" 2>&1 || {
	tail -n 20 "$dir/build.log"
	echo "prepare.sh: the modules do not build against $kver, see $dir/build.log" >&2
	exit 1
}
rm -rf "$dir/modules"
mkdir "$dir/modules"
for m in dahdi dahdi_dynamic dahdi_dynamic_loc; do
	strip --strip-debug -o "$dir/modules/$m.ko" "$src/drivers/dahdi/$m.ko"
done
mv "$work/vmlinuz" "$dir/vmlinuz"
echo "$kver" >"$dir/kver" # last: it says that all is there
