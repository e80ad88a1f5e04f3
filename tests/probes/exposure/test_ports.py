"""nmap's XML read without trusting it, and nothing but parsed addresses given to it."""

from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address

import pytest

from care_kit.model.facts.exposure import PortFact, PortState
from care_kit.model.words.errors import ProbeError
from care_kit.probes.exposure import child, ports
from care_kit.probes.exposure.gate import Forbidden
from care_kit.probes.exposure.pace import unpaced

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
STATS = '<runstats><finished timestr="" elapsed="0"/><hosts up="1" down="0" total="1"/></runstats>'
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
        ports.arguments(ADDRESS, "ssh-brute")


def test_ftp_file_names_are_never_listed() -> None:
    assert "ftp-anon.maxlist=0" in ports.command(ADDRESS, 21, "ftp-anon")


def open_port(port: int, **said: str) -> PortFact:
    return PortFact(str(ADDRESS), port, PortState.OPEN, scripts=said)


@pytest.mark.parametrize(
    ("fact", "ready"),
    [
        (open_port(6379), True),
        (open_port(22, greeting="SSH-2.0-OpenSSH_9.2"), True),
        (open_port(22, greeting="A" * 200), False),
        (open_port(21, greeting="220 bonjour"), False),  # its greeting never ended
        (open_port(21, **{"greeting": "220 bonjour", "ftp-auth-tls": "500 ?"}), True),
        (open_port(5900, greeting="RFB 003.008"), True),
        (open_port(5900), False),
        (replace(open_port(6379), state=PortState.CLOSED), False),
    ],
)
def test_a_script_only_talks_to_a_server_that_spoke_as_it_should(
    fact: PortFact, ready: bool
) -> None:
    assert ports.ready(fact) is ready


def test_one_script_on_one_port_is_given_a_parsed_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is replaced by a recorder: what matters here is what it would be given."""
    given: list[Sequence[str]] = []

    def recorded(command: Sequence[str], _seconds: float) -> child.Ended:
        given.append(command)
        return child.Ended(
            0,
            XML.replace("192.0.2.10", "127.0.0.9").replace("</host>", f"</host>{STATS}").encode(),
            b"",
        )

    monkeypatch.setattr(child, "run", recorded)
    ran: list[str] = []
    here = ip_address("127.0.0.9")
    found = ports.scripted(PortFact("127.0.0.9", 6379, PortState.OPEN), here, unpaced(), ran.append)
    assert found.scripts == {"redis-info": "Version: 7.0.15"}
    assert ran == ["nmap " + " ".join(given[0][1:])]
    assert ran[0].startswith("nmap -oX - 127.0.0.9 -p 6379 -n -Pn -sT ")


@pytest.mark.parametrize(
    "ended",
    [
        child.Ended(1, b"", b"Your port specifications are illegal."),
        child.Ended(-9, b"<nmaprun>", b""),
        child.Ended(0, b"", b""),
    ],
)
def test_a_program_that_did_not_do_it_is_told(
    ended: child.Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "run", lambda *_asked: ended)
    with pytest.raises(ProbeError, match="nmap"):
        ports.scripted(
            PortFact("127.0.0.9", 6379, PortState.OPEN),
            ip_address("127.0.0.9"),
            unpaced(),
            lambda _line: None,
        )


def test_an_address_out_of_the_scope_is_never_given_to_nmap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "run", lambda *_asked: pytest.fail("it ran"))
    with pytest.raises(Forbidden):
        ports.scripted(
            PortFact(str(ADDRESS), 6379, PortState.OPEN), ADDRESS, unpaced(), lambda _line: None
        )
