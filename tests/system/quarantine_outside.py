"""The network of `quarantine`: a broker, a resolver that answers every name, a default route, and a packet recorder.

Reads a request from standard input and writes the report to standard output, both JSON. Only `quarantine` starts it.
"""

import ipaddress
import json
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

SPEAKER, GATEWAY, RESOLVER = "10.77.32.11", "10.77.32.1", "10.77.32.53"
SPEAKER_6, GATEWAY_6 = "fd77:32::11", "fd77:32::1"
ANYWHERE, ANYWHERE_6 = "198.51.100.80", "2001:db8::80"
"""What every name resolves to (RFC 5737 and 3849: for documentation)."""

_ALL_PROTOCOLS = 3
_IPV4, _ARP, _IPV6 = 0x0800, 0x0806, 0x86DD
_ARP_REPLY = 2
_TCP, _UDP, _ICMP_6 = 6, 17, 58
_HOP_BY_HOP = 0
_KERNELS_OWN = {131, 132, 133, 143}
"""ICMPv6 that the kernel sends by itself when an interface comes up: multicast memberships, the search for a router."""
_NEIGHBOUR_SOLICITATION = 135
_A, _AAAA = 1, 28


def run(*command: str) -> None:
    """A command that must succeed."""
    subprocess.run(command, check=True, stdout=sys.stderr)


def parse(frame: bytes) -> tuple[str, str, int] | None:
    """Protocol, destination and port of an Ethernet frame; None for what the kernel sends unasked."""
    kind = int.from_bytes(frame[12:14], "big")
    packet = frame[14:]
    if kind == _ARP:
        # This side confirms now and then who is there; an answer to it is the kernel's.
        answers = int.from_bytes(packet[6:8], "big") == _ARP_REPLY
        return None if answers else ("arp", str(ipaddress.IPv4Address(packet[24:28])), 0)
    if kind == _IPV4:
        return _transport(packet[9], str(ipaddress.IPv4Address(packet[16:20])), packet[(packet[0] & 15) * 4 :])
    if kind == _IPV6:
        protocol, rest = packet[6], packet[40:]
        if protocol == _HOP_BY_HOP:
            protocol, rest = rest[0], rest[(rest[1] + 1) * 8 :]
        if protocol == _ICMP_6 and rest[0] in _KERNELS_OWN:
            return None
        if protocol == _ICMP_6 and rest[0] == _NEIGHBOUR_SOLICITATION:
            return "neighbour", str(ipaddress.IPv6Address(rest[8:24])), 0
        return _transport(protocol, str(ipaddress.IPv6Address(packet[24:40])), rest)
    return f"ethertype {kind:#06x}", frame[:6].hex(":"), 0


def _transport(protocol: int, to: str, rest: bytes) -> tuple[str, str, int]:
    if protocol in {_TCP, _UDP}:
        return ("tcp" if protocol == _TCP else "udp"), to, int.from_bytes(rest[2:4], "big")
    return f"protocol {protocol}", to, 0


class Recorder:
    """Notes every packet that comes from the speaker."""

    def __init__(self, broker: str) -> None:
        self.packets: set[tuple[str, str, int]] = set()
        self.leaked = threading.Event()
        self._broker = broker
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL_PROTOCOLS))
        self._socket.bind(("speaker", 0))
        threading.Thread(target=self._record, daemon=True).start()

    def _record(self) -> None:
        while True:
            frame, (_, _, direction, *_) = self._socket.recvfrom(65536)
            packet = None if direction == socket.PACKET_OUTGOING else parse(frame)
            if packet is not None:
                self.packets.add(packet)
                if packet[1] != self._broker:
                    self.leaked.set()


class Resolver:
    """A DNS server (RFC 1035) that knows an address for every name, so that what wants to connect goes on and tries."""

    def __init__(self) -> None:
        self.queries: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((RESOLVER, 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            query, client = self._socket.recvfrom(4096)
            labels, at = [], 12
            while length := query[at]:
                labels.append(query[at + 1 : at + 1 + length].decode("ascii", "replace"))
                at += length + 1
            self.queries.append(".".join(labels))
            (kind,) = struct.unpack_from("!H", query, at + 1)
            address = {_A: ANYWHERE, _AAAA: ANYWHERE_6}.get(kind)
            data = ipaddress.ip_address(address).packed if address else b""
            head = query[:2] + struct.pack("!HHHHH", 0x8180, 1, bool(data), 0, 0)
            answer = struct.pack("!HHHIH", 0xC00C, kind, 1, 60, len(data)) + data if data else b""
            self._socket.sendto(head + query[12 : at + 5] + answer, client)


def connect(pid: int, broker: str) -> None:
    """A cable between this namespace and that of process `pid`, whose default route leads here."""
    run("ip", "link", "set", "lo", "up")
    run("ip", "link", "add", "speaker", "type", "veth", "peer", "name", "eth0", "netns", str(pid))
    there = ("nsenter", f"--net=/proc/{pid}/ns/net", "ip")
    for link, ip in (("speaker", ("ip",)), ("eth0", there)):
        run(*ip, "link", "set", link, "addrgenmode", "none", "up")  # no link-local address
    for address in (GATEWAY, RESOLVER, broker):
        run("ip", "addr", "add", f"{address}/24", "dev", "speaker")
    run(*there, "link", "set", "lo", "up")
    run(*there, "addr", "add", f"{SPEAKER}/24", "dev", "eth0")
    run(*there, "route", "add", "default", "via", GATEWAY)
    if Path("/proc/sys/net/ipv6").exists():
        run("ip", "addr", "add", f"{GATEWAY_6}/64", "dev", "speaker", "nodad")
        run(*there, "addr", "add", f"{SPEAKER_6}/64", "dev", "eth0", "nodad")
        run(*there, "-6", "route", "add", "default", "via", GATEWAY_6)


def start_broker(folder: Path, host: str, port: int) -> "subprocess.Popen[str]":
    """Mosquitto, and a client that prints everything published there."""
    (folder / "mosquitto.conf").write_text(f"listener {port} {host}\nuser root\nallow_anonymous true\n")
    program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    subprocess.Popen([program, "-c", folder / "mosquitto.conf"], stdout=sys.stderr, stderr=sys.stderr)
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            break
    listen = ["mosquitto_sub", "-h", host, "-p", str(port), "-t", "#", "-F", "%t %p"]
    return subprocess.Popen(listen, stdout=subprocess.PIPE, text=True)


def main() -> None:
    """One request."""
    request: dict[str, Any] = json.load(sys.stdin)
    host, port = request["broker"]
    folder = Path(request["scratch"])
    inside = subprocess.Popen(
        ["unshare", "--net", "--mount", sys.executable, "-m", "tests.system.quarantine_inside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert inside.stdin is not None
    assert inside.stdout is not None
    inside.stdout.readline()  # it is in namespaces of its own now
    connect(inside.pid, host)
    recorder, resolver = Recorder(host), Resolver()
    listener = start_broker(folder, host, port)
    inside.stdin.write(json.dumps(request | {"resolver": RESOLVER}) + "\n")
    inside.stdin.flush()
    if request["until_packet"]:
        threading.Thread(target=_close_on, args=(recorder.leaked, inside.stdin), daemon=True).start()
    report = json.loads(inside.stdout.read())
    time.sleep(0.5)  # what is on its way to the recorder and to the listener
    listener.terminate()
    messages = listener.communicate()[0].splitlines()
    seen = {"packets": list(recorder.packets), "queries": resolver.queries, "messages": messages}
    json.dump(report | seen, sys.stdout)


def _close_on(event: threading.Event, stream: IO[str]) -> None:
    """The end of its input is the program's end."""
    event.wait()
    stream.close()


if __name__ == "__main__":
    main()
