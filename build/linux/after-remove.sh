#!/bin/sh
# Runs as root after the package's files have gone. The policy in /etc/signoff is the administrator's, and
# what the app has kept in people's homes is theirs: both stay.
case "${1:-}" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

profile=/etc/apparmor.d/signoff
if [ -f "$profile" ]; then
  if command -v apparmor_parser >/dev/null && apparmor_status --enabled 2>/dev/null; then
    apparmor_parser --remove "$profile" 2>/dev/null || true
  fi
  rm -f "$profile"
fi

if command -v update-desktop-database >/dev/null; then
  update-desktop-database /usr/share/applications || true
fi
