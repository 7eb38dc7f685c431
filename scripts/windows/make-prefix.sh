#!/bin/sh
# make-prefix.sh FOLDER: makes a fresh Windows, by Wine, and copies it to a folder.
set -e
here=$(dirname "$0")
"$here/wine.sh" wineboot --init
# With no display at all there are windows, which nobody sees, but no desktop to wait for.
"$here/wine.sh" reg add 'HKCU\Software\Wine\Drivers' /v Graphics /d null /f
"$here/wine.sh" server --wait
cp -a "$SIGNOFF_WINDOWS_ROOT/windows/." "$1/"
