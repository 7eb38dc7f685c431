#!/bin/sh
# Runs as root before the package's files go. On an upgrade nothing is done: a running app has its files
# open and goes on with them until it is started anew.
case "${1:-}" in
  remove | 0) ;;
  *) exit 0 ;;
esac

executable=/opt/Signoff/signoff

is_signoff() {
  case "$(readlink "/proc/$1/exe" 2>/dev/null)" in
    "$executable" | "$executable (deleted)") ;;
    *) return 1 ;;
  esac
}

# The main processes of whoever runs the app. Its helpers have a --type, and some write their command line
# anew, with spaces between; to end one of them would bring the app down before it has signed off.
running() {
  for process in /proc/[0-9]*; do
    is_signoff "${process#/proc/}" || continue
    tr '\0' ' ' <"$process/cmdline" 2>/dev/null | grep -q ' --type=' || echo "${process#/proc/}"
  done
}

still_there() {
  for pid in "$@"; do
    if is_signoff "$pid"; then return 0; fi
  done
  return 1
}

# A signal has Signoff end what is held, within its budget, and then itself. A second one would cut that
# short, so each is told once.
pids=$(running)
[ -n "$pids" ] || exit 0
echo "Signing off before ${executable##*/} is removed"
kill -TERM $pids 2>/dev/null || true

# The policy may give a sign-off a minute (signalBudgetSeconds); mostly it takes a moment.
left=260
while [ "$left" -gt 0 ] && still_there $pids; do
  sleep 0.25
  left=$((left - 1))
done
exit 0
