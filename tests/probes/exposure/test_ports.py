"""nmap's XML read without trusting it, and nothing but parsed addresses given to it."""

from ipaddress import ip_address

import nmap
import pytest

from care_kit.model.facts.exposure import PortState
from care_kit.model.words.errors import ProbeError
from care_kit.probes.exposure import ports
from care_kit.probes.exposure.pace import CAREFUL, Ceiling, Lane, unpaced

ADDRESS = ip_address("192.0.2.10")
HEAD = '<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n'
XML = (
    HEAD
    + """<nmaprun><host><address addr="192.0.2.10" addrtype="ipv4"/><ports>
<extraports state="closed" count="3"><extrareasons reason="conn-refused" count="3" proto="tcp"
 ports="22-23,80"/></extraports>
<port protocol="tcp" portid="6379"><state state="open" reason="syn-ack"/>
<service name="redis" method="table"/>
<script id="redis-info" output="&#xa;  Version: 7.0.15&#x202e;&#xa;"/></port>
<port protocol="tcp" portid="445"><state state="filtered" reason="no-response"/></port>
<port protocol="udp" portid="21"><state state="open" reason="udp-response"/></port>
</ports></host></nmaprun>"""
)
ASKED = frozenset({21, 22, 23, 80, 445, 6379})


def test_every_port_asked_gets_a_state() -> None:
    states = {one.port: one.state for one in ports.parse(XML, ADDRESS, ASKED)}
    assert states == {
        21: PortState.UNKNOWN,  # nmap said nothing of it over TCP
        22: PortState.CLOSED,
        23: PortState.CLOSED,
        80: PortState.CLOSED,
        445: PortState.FILTERED,
        6379: PortState.OPEN,
    }


def test_script_texts_lose_what_could_mislead_a_terminal() -> None:
    (redis,) = (one for one in ports.parse(XML, ADDRESS, ASKED) if one.port == 6379)
    assert redis.scripts == {"redis-info": "Version: 7.0.15"}


def test_a_host_that_timed_out_proves_nothing() -> None:
    late = XML.replace("<host>", '<host timedout="true">')
    assert {one.state for one in ports.parse(late, ADDRESS, ASKED)} == {PortState.UNKNOWN}


def test_another_address_in_the_answer_is_ignored() -> None:
    other = XML.replace('addr="192.0.2.10"', 'addr="192.0.2.11"')
    assert {one.state for one in ports.parse(other, ADDRESS, ASKED)} == {PortState.UNKNOWN}


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "<nmaprun><host>",
        "",
        XML.replace('ports="22-23,80"', 'ports="22-x"'),
        XML.replace('portid="445"', 'portid="quatre"'),
    ],
)
def test_hostile_or_broken_xml_is_an_error_not_a_result(xml: str) -> None:
    with pytest.raises(ProbeError):
        ports.parse(xml, ADDRESS, ASKED)


def test_a_huge_port_range_is_bounded() -> None:
    huge = XML.replace('ports="22-23,80"', 'ports="1-99999999999"')
    assert len(ports.parse(huge, ADDRESS, ASKED)) == len(ASKED)


def test_a_script_out_of_the_list_is_never_run() -> None:
    with pytest.raises(ValueError, match="not allowed"):
        ports.script_arguments(ADDRESS, "ssh-brute")


def test_ftp_file_names_are_never_listed() -> None:
    assert "ftp-anon.maxlist=0" in ports.script_arguments(ADDRESS, "ftp-anon")


def test_only_parsed_addresses_reach_nmap(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-nmap is replaced by a recorder: what matters here is what it would be given."""
    given: list[dict[str, str]] = []

    class Recorder:
        def scan(self, **arguments: str) -> dict[str, object]:
            given.append(arguments)
            return {}

        def get_nmap_last_output(self) -> str:
            return XML

    monkeypatch.setattr(nmap, "PortScanner", Recorder)
    ran: list[str] = []
    ports.scan(
        ADDRESS, ASKED, Lane(CAREFUL, Ceiling(50)), delay=0.1, scripts_on=ASKED, ran=ran.append
    )
    assert [one["hosts"] for one in given] == ["192.0.2.10", "192.0.2.10"]
    assert given[1]["ports"] == "6379"
    assert "--script +redis-info" in given[1]["arguments"]
    assert ran == [
        f"nmap -oX - {one['hosts']} -p {one['ports']} {one['arguments']}" for one in given
    ]


def test_an_error_nmap_only_whispers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan that did not happen comes back from python-nmap as an ordinary dictionary."""

    class Whisperer:
        def scan(self, **_arguments: str) -> dict[str, object]:
            return {"nmap": {"scaninfo": {"error": ["Your port specifications are illegal."]}}}

    monkeypatch.setattr(nmap, "PortScanner", Whisperer)
    with pytest.raises(ProbeError, match="port specifications"):
        ports.scan(
            ADDRESS, ASKED, unpaced(), delay=0, scripts_on=frozenset(), ran=lambda _line: None
        )
