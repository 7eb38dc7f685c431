"""Runs a command in this network namespace, which has a server far away and one that nothing comes back from.

usage: far_network.py ROUND_TRIP_MS COMMAND...

Whoever connects to 10.9.0.2 is connected to what listens on 10.9.0.1, half a round trip away: each packet comes back
with its addresses exchanged. What is sent to fd09::2 is lost.
"""

import fcntl
import heapq
import os
import select
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000


def open_device():
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", b"far0", IFF_TUN | IFF_NO_PI))
    for line in (
        "link set lo up",
        "address add 10.9.0.1/24 dev far0",
        "link set far0 up",
        "-6 address add fd09::1/64 dev far0 nodad",
    ):
        subprocess.run(["ip", *line.split()], check=True)
    return device


def exchanged(packet):
    """The same, from where it went to; null for IPv6."""
    if packet[0] >> 4 != 4:
        return None
    return packet[:12] + packet[16:20] + packet[12:16] + packet[20:]


def main():
    delay = float(sys.argv[1]) / 2000
    device = open_device()
    command = subprocess.Popen(sys.argv[2:])
    under_way = []
    while command.poll() is None:
        wait = max(0, under_way[0][0] - time.monotonic()) if under_way else 0.1
        if select.select([device], [], [], min(wait, 0.1))[0]:
            packet = exchanged(os.read(device, 65536))
            if packet is not None:
                heapq.heappush(under_way, (time.monotonic() + delay, packet))
        while under_way and under_way[0][0] <= time.monotonic():
            os.write(device, heapq.heappop(under_way)[1])
    return command.returncode


sys.exit(main())
