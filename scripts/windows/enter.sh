#!/bin/sh
# enter.sh ROOT PREFIX LAYERS PROJECT TEMPORARY COMMAND…: runs a command beside which Wine is ready to be run, in
# a root of its own that the command finds in SIGNOFF_WINDOWS_ROOT. To be run in mount and process namespaces
# of its own: whatever is mounted and started here goes with it.
#
# ROOT       Debian's files
# PREFIX     a fresh Windows, left as it is: what is written goes to memory
# LAYERS     folders, by colons, that stand over PROJECT on Windows, which is left as it is, too
# TEMPORARY  where both sides see the same files
set -e
files=$1 prefix=$2 layers=$3 project=$4 temporary=$5
shift 5

root=$(dirname "$files")/entered
mkdir -p "$root"
mount -t tmpfs -o mode=755 signoff "$root"
cd "$root"

# The lower folders stay as they are: what is written lies above them.
over() { # NAME LOWER WHERE
  mkdir -p "upper/$1" "work/$1" "$root$3"
  mount -t overlay -o "lowerdir=$2,upperdir=$root/upper/$1,workdir=$root/work/$1" overlay "$root$3"
}

for name in bin sbin lib lib64; do ln -s "usr/$name" "$name"; done
mkdir -p usr etc home proc sys dev "$root$temporary"
mount --bind "$files/usr" usr
for name in proc sys dev; do mount --rbind "/$name" "$name"; done
cp -R "$files/etc/fonts" /etc/hosts /etc/resolv.conf etc/
echo "agent:x:$(id -u):$(id -g):Agent:/home:/bin/false" >etc/passwd
mount --bind "$temporary" "$root$temporary"
over project "$layers:$project" "$project"
over prefix "$prefix" /windows

export SIGNOFF_WINDOWS_ROOT="$root"
cd "$project"
# Not exec: as the first process of its namespace this one waits for what others left behind.
"$@" &
wait "$!"
