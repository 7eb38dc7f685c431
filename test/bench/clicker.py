"""Clicks on a tray icon, given by its bus name, when a line comes in, and prints when that was."""

import sys
import time

import dbus

item = dbus.Interface(
    dbus.SessionBus().get_object(sys.argv[1], "/StatusNotifierItem", introspect=False),
    "org.kde.StatusNotifierItem",
)
print("ready", flush=True)
sys.stdin.readline()
print(time.time() * 1000, flush=True)
item.Activate(0, 0)
