"""The plan says exactly what would be sent, and only to what the scope allows."""

import pytest

from care_kit.model.facts.scope import OPTIONAL, Host
from care_kit.model.words.errors import ScopeError
from care_kit.probes.exposure.pace import CAREFUL
from care_kit.probes.exposure.plan import KNOCK_SECONDS, MOST_SHOWN, UDP_SECONDS, USUAL_TLS, plan
from care_kit.probes.exposure.services import (
    BACNET_PORT,
    DICOM_PORTS,
    PATHS,
    PORTS,
    SCRIPTS,
    SILENT,
    UDP_PORTS,
)
from tests.probes.exposure.scopes import CLOUD, SITE, scope


def test_every_address_of_the_networks_is_planned_once() -> None:
    assert len(plan(scope()).targets) == 14


def test_commands_are_exact_and_never_probe_versions() -> None:
    one = plan(scope(networks=("203.0.113.10/32",)))
    assert one.commands[0].startswith("nmap -oX - 203.0.113.10 -p 21 -n -Pn -sT ")
    assert all(" --script +" in line for line in one.commands)
    forbidden = {"-sV", "-A", "-O", "-sC", "-sU", "-p-"}
    assert not forbidden & {word for line in one.commands for word in line.split()}


def test_excluded_addresses_and_ports_are_left_out() -> None:
    one = plan(scope(excluded_addresses=("203.0.113.9",), excluded_ports=(3389, 443)))
    assert "203.0.113.9" not in {str(target.address) for target in one.targets}
    assert not any({3389, 443} & target.ports for target in one.targets)


def test_a_declared_port_is_only_added_at_its_own_address() -> None:
    host = Host("a.test", ("203.0.113.4",), (8123,))
    one = plan(scope(hosts=(SITE, host)))
    assert [str(t.address) for t in one.targets if 8123 in t.ports] == ["203.0.113.4"]


def test_a_provider_is_never_port_scanned_even_within_our_networks() -> None:
    inside = Host("app.test", ("203.0.113.5",), provider="Hébergeur")
    one = plan(scope(hosts=(SITE, CLOUD, inside)))
    scanned = {str(target.address) for target in one.targets}
    assert not {"198.51.100.7", "203.0.113.5"} & scanned
    assert any("par son nom seulement" in line for line in one.describe())


def test_a_fragile_address_gets_no_script() -> None:
    one = plan(scope(networks=("203.0.113.10/32",), fragile_addresses=("203.0.113.10",)))
    assert one.commands == ()
    assert one.targets[0].talkative == frozenset()


def test_no_byte_is_ever_sent_to_medical_and_building_ports() -> None:
    assert {104, 11112, 2575, 502, 102, 9100} <= SILENT
    assert all(not target.talkative & SILENT for target in plan(scope()).targets)
    assert all(not ports & SILENT for ports in SCRIPTS.values())


def test_only_four_dicom_ports_may_get_an_association_request() -> None:
    assert {104, 2345, 4242, 11112} == DICOM_PORTS
    one = plan(scope(networks=("203.0.113.10/32",)))
    assert (one.targets[0].dicom, one.associations) == (DICOM_PORTS, 4)


def test_a_fragile_address_gets_neither_packet_nor_association() -> None:
    one = plan(scope(networks=("203.0.113.10/32",), fragile_addresses=("203.0.113.10",)))
    assert (one.datagrams, one.associations, one.pages) == (0, 0, 0)


def test_an_excluded_port_is_excluded_over_udp_too() -> None:
    one = plan(scope(networks=("203.0.113.10/32",), excluded_ports=(161, 623)))
    assert one.targets[0].udp == UDP_PORTS - {161, 623}
    assert one.datagrams == len(UDP_PORTS) - 2


def test_every_kind_of_traffic_is_announced_with_its_count() -> None:
    text = "\n".join(plan(scope(networks=("203.0.113.10/32",))).describe())
    assert "dont 20 requêtes web" in text
    assert f"Paquets UDP au plus : {len(UDP_PORTS)}, un par port et par adresse" in text
    assert "Demandes d'association DICOM au plus : 4, sur les ports 104, 2345, 4242, 11112" in text
    assert "Connexion seule, sans un octet (HL7, automates, imprimantes) : 102, 502, " in text
    assert all(path in text for path in PATHS)
    assert "questions DNS au plus" in text


def test_a_provider_is_asked_no_console() -> None:
    ours = plan(scope(networks=("203.0.113.10/32",)))
    theirs = plan(scope(networks=("203.0.113.10/32",), hosts=(SITE, CLOUD)))
    assert theirs.pages - ours.pages == 3  # / on 80 and 443, and security.txt


def test_an_unbounded_scope_has_no_plan() -> None:
    with pytest.raises(ScopeError):
        plan(scope(networks=("0.0.0.0/0",), hosts=()))


def test_the_description_gives_counts_durations_and_commands() -> None:
    text = "\n".join(plan(scope(networks=("203.0.113.10/32",))).describe())
    assert "Adresses dont les ports seront examinés : 1." in text
    one_site = (len(PATHS) + 1) * 0.5 + USUAL_TLS * 0.1
    seconds = round(len(PORTS) * (0.1 + KNOCK_SECONDS) + one_site + UDP_SECONDS + 2) + 1
    assert f"Durée estimée : {seconds} s si tout répond" in text
    assert "nmap -oX - 203.0.113.10" in text


def test_silence_costs_the_retries_and_what_the_ceiling_leaves() -> None:
    """A silent /24 is bound by the ceiling, not by the rest owed to each host."""
    one = plan(scope(networks=("203.0.113.10/32",), hosts=(), domains=()))
    block = plan(scope(networks=("203.0.113.0/24",), hosts=(), domains=()))
    attempts = len(PORTS) * 2
    assert one.silent_seconds >= attempts * 0.1
    assert block.silent_seconds >= len(block.targets) * attempts * 1.7 / CAREFUL.shared
    assert "laissé après 20 min" in "\n".join(block.describe())


def test_a_long_list_of_commands_is_cut_short() -> None:
    lines = plan(scope(networks=("203.0.113.0/24",), hosts=())).describe()
    assert sum(line.startswith("  nmap ") for line in lines) == MOST_SHOWN


def test_without_nmap_there_is_no_command() -> None:
    assert plan(scope(), use_nmap=False).commands == ()


def test_the_tests_a_scope_asks_for_are_announced_one_by_one() -> None:
    usual = plan(scope())
    asked = plan(scope(optional=tuple(sorted(OPTIONAL)), rdap="https://rdap.registre.test/"))
    text = "\n".join(asked.describe())
    for words in ("fichiers cachés", "relais ouvert", "BACnet", "https://rdap.registre.test/"):
        assert words in text
        assert words not in "\n".join(usual.describe())
    assert asked.targets[0].udp - usual.targets[0].udp == {BACNET_PORT}
    assert asked.connections > usual.connections
    assert asked.datagrams == usual.datagrams + len(asked.targets)
