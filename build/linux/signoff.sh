#!/bin/sh
# Electron ends at once for root unless Chromium's sandbox is off. Commands start nothing of Chromium, so that
# takes nothing from them, and they need no zygotes; the app itself is no agent's when root starts it, and stays as Electron has it.
app=/opt/Signoff/signoff

is_command() {
  while [ $# -gt 0 ]; do
    case "$1" in
      --help | -h | --version) return 0 ;;
      --user-data-dir) shift ;;
      -*) ;;
      *) return 0 ;;
    esac
    [ $# -eq 0 ] || shift
  done
  return 1
}

if [ "$(id -u)" = 0 ] && is_command "$@"; then
  exec "$app" --no-sandbox --no-zygote "$@"
fi
exec "$app" "$@"
