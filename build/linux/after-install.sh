#!/bin/sh
# Runs as root after the package's files are there, at installation and at every upgrade.
set -e

app=/opt/Signoff

# Where the kernel keeps people (root is let do it anywhere) from making namespaces, Chromium's sandbox
# needs its helper to be root's.
if setpriv --reuid=65534 --regid=65534 --clear-groups unshare --user true 2>/dev/null; then
  chmod 0755 "$app/chrome-sandbox"
else
  chmod 4755 "$app/chrome-sandbox"
fi

# Ubuntu allows namespaces only to programs that have a profile. One that this AppArmor cannot read is
# not needed by it either.
profile="$app/resources/apparmor-profile"
if command -v apparmor_parser >/dev/null && apparmor_status --enabled 2>/dev/null &&
  apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
  cp -f "$profile" /etc/apparmor.d/signoff
  # Within an image that is being made there is no kernel to tell.
  if ! { command -v ischroot >/dev/null && ischroot; }; then
    apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/signoff || true
  fi
fi

if command -v update-desktop-database >/dev/null; then
  update-desktop-database /usr/share/applications || true
fi
