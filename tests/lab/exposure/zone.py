"""A name server of one zone, whose name servers are of every kind; it answers over UDP and TCP.

`python -m tests.lab.exposure.zone ADDRESS`, inside the servers' namespace.
"""

import socketserver
import struct
import sys
import threading

import dns.message
import dns.rdatatype
import dns.rrset

DOMAIN = "porte.test."
RECORDS = {
    (DOMAIN, "SOA"): ["ns1.porte.test. contact.porte.test. 1 3600 600 86400 300"],
    (DOMAIN, "NS"): ["ns1.porte.test.", "ns2.porte.test.", "ns3.porte.test.", "ns4.porte.test."],
    (DOMAIN, "MX"): ["10 www.porte.test."],
    ("www.porte.test.", "A"): ["192.0.2.40"],
    ("ns1.porte.test.", "A"): ["192.0.2.41"],
    ("ns2.porte.test.", "A"): ["10.9.8.53"],
    ("ns3.porte.test.", "A"): ["169.254.169.254"],
    ("ns4.porte.test.", "A"): ["192.0.2.40"],
}


def answer(question: bytes) -> bytes:
    """What the zone says; an empty answer for what it does not hold."""
    asked = dns.message.from_wire(question)
    reply = dns.message.make_response(asked, recursion_available=True)
    name = asked.question[0].name.to_text().lower()
    kind = dns.rdatatype.to_text(asked.question[0].rdtype)
    if values := RECORDS.get((name, kind)):
        reply.answer.append(dns.rrset.from_text(name, 300, "IN", kind, *values))
    return reply.to_wire()


class Datagram(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        data, sock = self.request
        sock.sendto(answer(data), self.client_address)


class Stream(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        (length,) = struct.unpack("!H", self.rfile.read(2))
        said = answer(self.rfile.read(length))
        self.wfile.write(struct.pack("!H", len(said)) + said)


if __name__ == "__main__":
    place = (sys.argv[1], 53)
    servers = (
        socketserver.ThreadingUDPServer(place, Datagram),
        socketserver.ThreadingTCPServer(place, Stream),
    )
    for one in servers:
        threading.Thread(target=one.serve_forever, daemon=True).start()
    threading.Event().wait()
