"""A scan made elsewhere becomes an incomplete reading, limited to the scope."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from defusedxml import ElementTree

from care_kit.model.facts.exposure import ExposureFacts, PortState
from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.model.words.errors import InputError
from care_kit.probes.imports import nmap_xml
from care_kit.probes.imports.nmap_xml import import_nmap
from tests.probes.exposure.scopes import scope

START, END = 1_790_000_000, 1_790_000_090
SCOPE = scope(networks=("203.0.113.8/29",), excluded_ports=(9999,))


def host(address: str, *ports: str) -> str:
    return (
        f'<host><status state="up"/><address addr="{address}" addrtype="ipv4"/>'
        f"<ports>{''.join(ports)}</ports></host>"
    )


def port(number: int, state: str, protocol: str = "tcp") -> str:
    return (
        f'<port protocol="{protocol}" portid="{number}"><state state="{state}" reason="r"/></port>'
    )


def run(*hosts: str, start: object = START, end: object = END, exit_: str = "success") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n'
        f'<nmaprun scanner="nmap" args="nmap -oX f 203.0.113.8/29" start="{start}" '
        f'version="7.93">{"".join(hosts)}<runstats><finished time="{end}" exit="{exit_}"/>'
        "</runstats></nmaprun>"
    )


OURS = host("203.0.113.10", port(3389, "open"), port(50_000, "open"), port(9999, "open"))


def imported(folder: Path, xml: str) -> tuple[ExposureFacts, Statement]:
    path = folder / "balayage.xml"
    path.write_text(xml, encoding="utf-8")
    raw, statement = import_nmap(path, SCOPE, "ab" * 32)
    return codec.decode(ExposureFacts, codec.decompress(raw)), statement


def test_open_ports_are_kept_even_those_the_probe_would_not_ask(tmp_path: Path) -> None:
    facts, _ = imported(tmp_path, run(OURS))
    opened = {one.port for one in facts.ports if one.state is PortState.OPEN}
    assert opened == {3389, 50_000}, "an excluded port stays out"


def test_what_the_file_does_not_say_is_unknown(tmp_path: Path) -> None:
    facts, _ = imported(tmp_path, run(OURS))
    assert {one.state for one in facts.ports if one.port == 22} == {PortState.UNKNOWN}


def test_the_reading_is_labelled_imported_and_never_complete(tmp_path: Path) -> None:
    facts, said = imported(tmp_path, run(OURS))
    assert not said.complete
    assert "nmap 7.93, importé" in said.tool
    assert said.commands == ("nmap -oX f 203.0.113.8/29",)
    assert said.started == facts.taken_at == datetime.fromtimestamp(START, UTC)
    assert said.seconds == 90
    assert said.view == facts.view == "externe"
    assert "n'est pas connu" in said.limits[1]


def test_machines_outside_the_scope_are_left_out_and_counted(tmp_path: Path) -> None:
    facts, said = imported(tmp_path, run(OURS, host("198.51.100.1", port(23, "open"))))
    assert {one.address for one in facts.ports} == {"203.0.113.10"}
    assert "hors du périmètre, laissées de côté : 1" in said.limits[-1]


def test_a_udp_port_is_not_taken_for_a_tcp_one(tmp_path: Path) -> None:
    facts, _ = imported(tmp_path, run(host("203.0.113.10", port(50_001, "open", "udp"))))
    assert 50_001 not in {one.port for one in facts.ports}


BOMB = (
    '<!DOCTYPE nmaprun [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    '<nmaprun scanner="nmap" args="&b;"/>'
)
STOLEN = '<!DOCTYPE nmaprun [<!ENTITY x SYSTEM "file:///etc/hostname">]><nmaprun>&x;</nmaprun>'


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (BOMB, "lisible et sûr"),
        (STOLEN, "lisible et sûr"),
        ("<nmaprun", "lisible et sûr"),
        ("<autre/>", "résultat de nmap"),
        ('<nmaprun scanner="masscan"/>', "résultat de nmap"),
        ('<nmaprun scanner="nmap" start="1"/>', "interrompu"),
        (run(OURS, exit_="error"), "interrompu"),
        (run(OURS, start="hier"), "quand le balayage"),
        (run(OURS, start=10**18), "quand le balayage"),
        (run(OURS, start=END + 1), "dates impossibles"),
        (run(OURS, end=32_503_680_000), "dates impossibles"),
        (run(host("198.51.100.1")), "aucune adresse du périmètre"),
        (run(host("203.0.113.10", port(3389, "open").replace("3389", "x"))), "lisible"),
        (run(host("203.0.113.10", port(3389, "open").replace("3389", "9" * 5000))), "lisible"),
    ],
)
def test_a_hostile_or_useless_file_is_refused(tmp_path: Path, xml: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        imported(tmp_path, xml)


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nmap_xml, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="dépasse"):
        imported(tmp_path, run(OURS))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="n'existe pas"):
        import_nmap(tmp_path / "rien.xml", SCOPE, "")


def test_the_older_format_gives_only_how_many_ports_share_a_state(tmp_path: Path) -> None:
    """Format 1.04: the ports asked, less those listed, when one line covers them all."""
    asked = '<scaninfo type="connect" protocol="tcp" numservices="3" services="21-22,3389"/>'
    ports_of = '<extraports state="closed" count="2"/>' + port(3389, "open")
    facts, _ = imported(tmp_path, run(asked, host("203.0.113.10", ports_of)))
    states = {one.port: one.state for one in facts.ports if one.port in (21, 22, 3389)}
    assert states == {21: PortState.CLOSED, 22: PortState.CLOSED, 3389: PortState.OPEN}


def test_an_older_line_that_does_not_cover_all_the_rest_proves_nothing(tmp_path: Path) -> None:
    asked = '<scaninfo type="connect" protocol="tcp" numservices="3" services="21-22,3389"/>'
    ports_of = '<extraports state="closed" count="1"/>' + port(3389, "open")
    facts, _ = imported(tmp_path, run(asked, host("203.0.113.10", ports_of)))
    assert {one.state for one in facts.ports if one.port in (21, 22)} == {PortState.UNKNOWN}


def test_datagrams_are_told_as_left_out(tmp_path: Path) -> None:
    _, said = imported(tmp_path, run(host("203.0.113.10", port(161, "open", "udp"))))
    assert any("Ports UDP du fichier, non repris : 1." in one for one in said.limits)


@pytest.mark.parametrize("written", ["2001:db8::a", "2001:0DB8:0:0:0:0:0:000A", "2001:DB8:0:0::A"])
def test_an_address_is_the_same_whatever_its_writing(tmp_path: Path, written: str) -> None:
    path = tmp_path / "six.xml"
    path.write_text(run(host(written, port(3389, "open"))), encoding="utf-8")
    raw, _ = import_nmap(path, scope(networks=("2001:db8::/120",), hosts=()), "ab" * 32)
    facts = codec.decode(ExposureFacts, codec.decompress(raw))
    opened = {one.address for one in facts.ports if one.state is PortState.OPEN}
    assert opened == {"2001:db8::a"}


def test_a_scan_that_was_killed_keeps_the_hosts_it_had_finished(tmp_path: Path) -> None:
    whole = run(OURS, host("203.0.113.11", port(22, "open")))
    cut = whole[: whole.index("203.0.113.11")]
    facts, said = imported(tmp_path, cut)
    assert {one.port for one in facts.ports if one.state is PortState.OPEN} == {3389, 50_000}
    assert any("interrompu" in one for one in said.limits)
    assert not said.complete


def test_a_forbidden_character_does_not_lose_the_file(tmp_path: Path) -> None:
    spoilt = run(OURS).replace('args="nmap', 'args="nmap &#0;&#x1b;&#233;')
    _, said = imported(tmp_path, spoilt)
    assert any("caractères interdits" in one for one in said.limits)


def test_the_file_is_read_once_whatever_the_number_of_machines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    real = ElementTree.fromstring

    def counted(xml: str, **options: bool) -> object:
        parsed.append(xml)
        return real(xml, **options)

    monkeypatch.setattr(ElementTree, "fromstring", counted)
    hosts = [host(f"203.0.113.{one}", port(22, "open")) for one in range(9, 15)]
    imported(tmp_path, run(*hosts))
    assert len(parsed) == 1
