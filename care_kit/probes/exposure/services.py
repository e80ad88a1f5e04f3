"""The closed list of ports, and what may be said to each of them.

Nothing else is ever connected to, save the ports the signed scope declares.
"""

from collections.abc import Mapping

PORTS: frozenset[int] = frozenset(
    {
        *(21, 22, 23, 25, 53, 80, 88, 102, 104, 110, 111, 135, 139, 143),
        *(389, 443, 445, 465, 502, 515, 587, 593, 631, 636, 873, 990, 993, 995),
        *(902, 1099, 1433, 1521, 1723, 1883, 1911, 2049, 2121, 2222, 2323, 2345, 2375, 2376),
        *(2575, 2761, 2762, 3268, 3269, 3306, 3389, 4242, 4433, 4443, 5060, 5061, 5432),
        *(5900, 5901, 5985, 5986, 6000, 6379, 6443, 7547, 8000, 8006, 8009, 8042, 8080, 8443),
        *(9100, 9200, 9300, 9440, 9443, 10250, 10443, 11112, 11211, 20000, 27017, 44818),
    }
)

SILENT: frozenset[int] = frozenset(
    {102, 104, 502, 515, 631, 1911, 2345, 2575, 2761, 2762, 4242, 9100, 11112, 20000, 44818}
)
"""Medical devices, building controllers, printers: connected to, never spoken to."""

DICOM_PORTS: frozenset[int] = frozenset({104, 2345, 4242, 11112})
"""The one exception: open, these get an association request that proposes no image service."""

UDP_PORTS: frozenset[int] = frozenset({53, 69, 123, 137, 161, 500, 623, 1434, 1900, 11211})
"""One small packet each (`datagrams`)."""

BACNET_PORT = 47808
"""One packet too, but only when the signed scope asks for it: building controllers are fragile."""

TLS_PORTS: frozenset[int] = frozenset(
    {
        *(443, 465, 636, 990, 993, 995, 2376, 3269, 4433, 4443, 5061, 5986, 6443, 8006, 8443),
        *(9440, 9443, 10250, 10443),
    }
)
"""Ports where TLS is spoken from the first byte."""

HTTPS_PORTS: frozenset[int] = frozenset({443, 2376, 4443, 8006, 8443, 9440, 9443, 10443})
HTTP_PORTS: frozenset[int] = frozenset({80, 2375, 8000, 8042, 8080, 9200})

SECURITY_TXT, MTA_STS = "/.well-known/security.txt", "/.well-known/mta-sts.txt"
TEXT_PATHS: frozenset[str] = frozenset({SECURITY_TXT, MTA_STS})
"""Files made to be read by strangers: the only bodies kept."""

PATH_PORTS: tuple[int, ...] = (443, 10443, 8443, 4443, 9443)
"""Where the paths below are asked, in this order, besides `/` everywhere."""

PATHS: tuple[str, ...] = (
    *(SECURITY_TXT, "/remote/login", "/vpn/index.html", "/owa/", "/ecp/"),
    *("/global-protect/login.esp", "/+CSCOE+/logon.html", "/php/login.php", "/webui/", "/ui/"),
    *("/phpmyadmin/", "/manager/html"),
)
"""Login pages and consoles of known products: at most twelve, GET only, no parameter."""

FTP_PORTS: frozenset[int] = frozenset({21, 2121})
SMTP_PORTS: frozenset[int] = frozenset({25, 587})
IMAP_PORTS: frozenset[int] = frozenset({143})
POP3_PORTS: frozenset[int] = frozenset({110})
LDAP_PORTS: frozenset[int] = frozenset({389})
STARTTLS_PORTS: frozenset[int] = SMTP_PORTS | IMAP_PORTS | POP3_PORTS | LDAP_PORTS | FTP_PORTS
"""Ports that start in clear text and may go on to TLS, when their server says so."""

GREETING_PORTS: frozenset[int] = FTP_PORTS | {22, 23, 902, 2222, 2323, 5900, 5901}
"""Ports whose servers speak first; listening to them sends nothing."""

SCRIPTS: Mapping[str, frozenset[int]] = {
    "ftp-anon": FTP_PORTS,
    "redis-info": frozenset({6379}),
    "ssh2-enum-algos": frozenset({22, 2222}),
    "vnc-info": frozenset({5900, 5901}),
}
"""The nmap scripts that may run, each on its own ports only. All are in nmap's "safe" category."""
