# fresh.sh - both commands of the README in a bare Debian 12.
#
# debootstrap makes the tree in build/fresh; only make is added.  The commands
# run as root inside it, on a clone of what is committed.
set -eu
unset MAKEFLAGS MFLAGS MAKELEVEL
release=bookworm
tree=$(pwd)/build/fresh
# The machine's own mirror, as apt has it.
mirror=${MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
    awk '$1 == "URIs:" { print $2; exit }
	$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^http/) { print $i; exit } }')}
[ -n "$mirror" ] || { echo "no Debian mirror in /etc/apt; name one in MIRROR"; exit 1; }
let_go() {
	for mounted in proc dev/pts dev/shm; do
		mountpoint -q "$tree/$mounted" && umount "$tree/$mounted"
	done
	:
}
trap let_go EXIT
trap 'exit 1' INT TERM
let_go
rm -rf --one-file-system "$tree"
mkdir -p "$tree"
debootstrap --variant=minbase --include=make,ca-certificates "$release" "$tree" "$mirror"
# What this machine needs to reach its mirror, its security updates and npm.
rm -f "$tree/etc/apt/sources.list"
cp -r /etc/apt/. "$tree/etc/apt/"
cp /etc/resolv.conf "$tree/etc/resolv.conf" 2>/dev/null || true
cp -r /usr/local/share/ca-certificates/. "$tree/usr/local/share/ca-certificates/"
chroot "$tree" update-ca-certificates > /dev/null 2>&1
git clone -q . "$tree/ihala"
# The devices a running Debian has.
mkdir -p "$tree/dev/pts" "$tree/dev/shm"
for device in null zero random urandom full tty ptmx; do
	[ -e "$tree/dev/$device" ] || cp -a "/dev/$device" "$tree/dev/"
done
mount --bind /proc "$tree/proc"
mount --bind /dev/pts "$tree/dev/pts"
mount -t tmpfs tmpfs "$tree/dev/shm"
chroot "$tree" /bin/sh -c 'cd /ihala && make demo && make check'
