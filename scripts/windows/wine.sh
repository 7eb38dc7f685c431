#!/bin/sh
# wine.sh PROGRAM…: runs a program of Windows, in the root that enter.sh made. Its standard streams have to be files.
export HOME=/home LC_ALL=C.UTF-8 WINEPREFIX="${WINEPREFIX:-/windows}" WINEDEBUG="${WINEDEBUG:--all}"
export WINESERVER=/usr/lib/wine/wineserver64
# No menus, no .NET, no browser engine; and whoever crashes ends, where a debugger would wait for somebody.
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=d;mshtml=d;winedbg.exe=d"
program=/usr/lib/wine/wine64
# `wine.sh server …` speaks to what all of them share.
if [ "$1" = server ]; then
  program=$WINESERVER
  shift
fi
exec unshare --root="$SIGNOFF_WINDOWS_ROOT" --wd="$PWD" "$program" "$@"
