"""Runs a command at a terminal of its own: python3 terminal.py SCRIPT COMMAND...

SCRIPT is JSON: a list of [what to wait for, what to type then, or {"signal": number}]. Prints JSON:
all that the terminal showed, the exit code, and whether it echoes and edits lines in the end.
"""
import json
import os
import pty
import select
import signal
import sys
import termios

script = json.loads(sys.argv[1])
master, slave = pty.openpty()
before = termios.tcgetattr(slave)
child = os.fork()
if child == 0:
    os.close(master)
    os.setsid()
    # The first terminal that a session's leader opens is its controlling one.
    os.close(os.open(os.ttyname(slave), os.O_RDWR))
    for descriptor in (0, 1, 2):
        os.dup2(slave, descriptor)
    os.execvp(sys.argv[2], sys.argv[2:])

shown = b""
seen = 0
code = None
deadline = 40
while code is None:
    ready, _, _ = select.select([master], [], [], 0.05)
    if ready:
        shown += os.read(master, 65536)
    else:
        deadline -= 0.05
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
    if deadline < 0:
        os.kill(child, signal.SIGKILL)
    if script and script[0][0].encode() in shown[seen:]:
        seen = len(shown)
        action = script.pop(0)[1]
        if isinstance(action, str):
            os.write(master, action.encode())
        else:
            os.kill(child, action["signal"])

print(json.dumps({
    "shown": shown.decode(errors="replace"),
    "code": code,
    "restored": termios.tcgetattr(slave)[:4] == before[:4],
}))
