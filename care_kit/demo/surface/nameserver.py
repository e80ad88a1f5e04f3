"""An authoritative DNS server of one zone that gives its whole content to anyone who asks."""

import socket
import socketserver
import struct

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import dns.zone

from care_kit.demo.surface.servers import SECONDS, TcpServer


class UdpServer(socketserver.ThreadingUDPServer):
    """Datagrams of one zone."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], zone: dns.zone.Zone) -> None:
        super().__init__(address, UdpHandler)
        self.zone = zone


class StreamServer(TcpServer):
    """Streams of one zone, transfers included."""

    def __init__(self, address: tuple[str, int], zone: dns.zone.Zone) -> None:
        super().__init__(address, StreamHandler)
        self.zone = zone


class UdpHandler(socketserver.BaseRequestHandler):
    """One question, one datagram."""

    server: UdpServer

    def handle(self) -> None:
        """Answer; what is not DNS gets silence."""
        data, sock = self.request
        try:
            query = dns.message.from_wire(data)
        except dns.exception.DNSException:
            return
        sock.sendto(answer(self.server.zone, query).to_wire(), self.client_address)


class StreamHandler(socketserver.StreamRequestHandler):
    """Questions of one connection, each preceded by its length (RFC 1035, 4.2.2)."""

    server: StreamServer
    request: socket.socket
    timeout = SECONDS

    def handle(self) -> None:
        """Answer until the client closes or stops speaking DNS."""
        while head := self.rfile.read(2):
            try:
                query = dns.message.from_wire(self.rfile.read(struct.unpack(">H", head)[0]))
            except dns.exception.DNSException:
                return
            wire = answer(self.server.zone, query).to_wire()
            self.wfile.write(struct.pack(">H", len(wire)) + wire)


def answer(zone: dns.zone.Zone, query: dns.message.Message) -> dns.message.Message:
    """The authoritative answer; a name outside the zone is refused, a transfer never is."""
    response = dns.message.make_response(query)
    question = query.question[0]
    if zone.origin is None or not question.name.is_subdomain(zone.origin):
        response.set_rcode(dns.rcode.REFUSED)
        return response
    response.flags |= dns.flags.AA
    if question.rdtype == dns.rdatatype.AXFR:
        response.answer = _whole(zone)
        return response
    node = zone.get_node(question.name)
    found = node.get_rdataset(zone.rdclass, question.rdtype) if node else None
    if found is not None:
        response.answer = [dns.rrset.from_rdata_list(question.name, found.ttl, list(found))]
        return response
    if node is None:
        response.set_rcode(dns.rcode.NXDOMAIN)
    response.authority = [_soa(zone)]
    return response


def _whole(zone: dns.zone.Zone) -> list[dns.rrset.RRset]:
    """Every record, the SOA first and last, as RFC 5936 asks."""
    records = [
        dns.rrset.from_rdata_list(name, rdataset.ttl, list(rdataset))
        for name, rdataset in zone.iterate_rdatasets()
        if rdataset.rdtype != dns.rdatatype.SOA
    ]
    return [_soa(zone), *records, _soa(zone)]


def _soa(zone: dns.zone.Zone) -> dns.rrset.RRset:
    return zone.find_rrset(zone.origin or dns.name.root, dns.rdatatype.SOA)
