#!/bin/sh
# enter.sh ROOT PREFIX LAYERS PROJECT TEMPORARY COMMAND…: runs a command beside which Wine is ready to be run, in
# a root of its own that the command finds in SIGNOFF_WINDOWS_ROOT. To be run in mount and process namespaces
# of its own: whatever is mounted and started here goes with it.
#
# ROOT       Debian's files
# PREFIX     a fresh Windows, named to the command in SIGNOFF_WINDOWS_FRESH
# LAYERS     folders, by colons, that stand over PROJECT on Windows, which is left as it is, too
# TEMPORARY  where both sides see the same files
set -e
files=$1 prefix=$2 layers=$3 project=$4 temporary=$5
shift 5

root=$(dirname "$files")/entered
mkdir -p "$root"
mount -t tmpfs -o mode=755 signoff "$root"
cd "$root"

for name in bin sbin lib lib64; do ln -s "usr/$name" "$name"; done
mkdir -p usr etc home proc sys dev "$root$temporary"
mount --bind "$files/usr" usr
for name in proc sys dev; do mount --rbind "/$name" "$name"; done
cp -R "$files/etc/fonts" /etc/hosts /etc/resolv.conf etc/
echo "agent:x:$(id -u):$(id -g):Agent:/home:/bin/false" >etc/passwd
mount --bind "$temporary" "$root$temporary"
mkdir -p upper work "$root$project"
mount -t overlay -o "lowerdir=$layers:$project,upperdir=$root/upper,workdir=$root/work" overlay "$root$project"

export SIGNOFF_WINDOWS_ROOT="$root" SIGNOFF_WINDOWS_FRESH="$prefix"
cd "$project"
# Not exec: as the first process of its namespace this one waits for what others left behind.
"$@" &
wait "$!"
