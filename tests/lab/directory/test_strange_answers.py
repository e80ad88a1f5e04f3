"""What a real directory may answer and Samba does not: shown on a scripted server of our own."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit.cli.terminal import output
from care_kit.model.facts import directory_codec
from care_kit.model.facts.directory import DirectoryFacts, Section
from care_kit.model.facts.reading import Statement
from care_kit.model.words.vocabulary import Verdict
from care_kit.probes.directory import Target, collect, reader
from care_kit.rules.directory import evaluate
from tests.lab.directory.stand_in import (
    BASE,
    Answer,
    Search,
    done,
    empty_directory,
    entry,
    standing_in,
)
from tests.rules.directory.domain import CHECKS

USERS = b"foreignSecurityPrincipal"  # only the search for accounts speaks of them
STEP = 1500  # MaxValRange of Windows
MEMBERS = 100_000


def read(folder: Path, answer: Answer) -> tuple[DirectoryFacts, Statement]:
    with standing_in(folder, answer) as port:
        target = Target("127.0.0.1", "lecture@test.lan", port, ca_file=folder / "ca.pem")
        data, statement = collect(target, "mot-de-passe-d-essai")
    return directory_codec.decode(data), statement


def accounts_answering(*messages: bytes) -> Answer:
    """A directory that gives these messages when its accounts are asked for."""

    def answer(search: Search) -> Iterator[bytes]:
        if USERS in search.filter:
            yield from messages
        else:
            yield from empty_directory(search)

    return answer


def user(name: bytes, **more: list[bytes]) -> bytes:
    known = {"objectClass": [b"top", b"user"], "sAMAccountName": [name]}
    return entry(b"CN=" + name + b"," + BASE.encode(), known | more)


def verdicts(facts: DirectoryFacts) -> set[Verdict]:
    return {one.verdict for one in evaluate(facts, CHECKS)}


def test_a_size_limit_keeps_what_came_before_it_and_proves_nothing(tmp_path: Path) -> None:
    some = [user(b"a%03d" % rank) for rank in range(40)]
    facts, statement = read(tmp_path, accounts_answering(*some, done(code=4)))
    assert not statement.complete
    assert (
        "Comptes, groupes et machines : lecture interrompue après 40 objets "
        "(limite de taille du serveur)."
    ) in statement.limits
    assert sum(1 for one in facts.entries if one.text("sAMAccountName")) == 40
    assert not facts.read_whole(Section.PRINCIPALS)
    assert verdicts(facts) == {Verdict.NOT_TESTED}


def test_a_referral_is_not_followed_and_receives_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0.5)
        url = f"ldap://127.0.0.1:{elsewhere.getsockname()[1]}/{BASE}"
        answer = accounts_answering(user(b"a001"), done(code=10, referrals=(url,)))
        facts, statement = read(tmp_path, answer)
        with pytest.raises(TimeoutError):
            elsewhere.accept()
    assert not statement.complete
    assert any("renvoi vers un autre annuaire, non suivi" in one for one in statement.limits)
    assert any(one.name == "a001" for one in facts.entries)


def test_names_that_are_not_utf8_or_go_right_to_left_are_shown_as_plain_text(
    tmp_path: Path,
) -> None:
    backwards = "\u202egpj.exe سارة\u2066".encode()
    strange = [user(b"caf\xe9\x1b[31m"), user(backwards), done()]
    facts, statement = read(tmp_path, accounts_answering(*strange))
    assert all(one.isprintable() for one in statement.limits)
    names = [one.name for one in facts.entries if one.text("sAMAccountName")]
    assert len(names) == 2
    shown = [output.one_line(one) for one in names]
    assert shown[0].startswith("caf�")
    assert "سارة" in shown[1]
    assert not any(mark in "".join(shown) for mark in "\u202e\u2066\x1b")


def test_a_group_of_a_hundred_thousand_members_comes_whole_by_ranges(tmp_path: Path) -> None:
    everyone = [b"CN=agent %06d,OU=Agents," % rank + BASE.encode() for rank in range(MEMBERS)]
    asked: list[str] = []

    def answer(search: Search) -> Iterator[bytes]:
        ranged = [one for one in search.attributes if one.startswith("member;range=")]
        if ranged:
            asked.append(ranged[0])
        start = int(ranged[0].partition("=")[2].partition("-")[0]) if ranged else 0
        if USERS not in search.filter and not ranged:
            yield from empty_directory(search)
            return
        last = start + STEP >= MEMBERS
        end = "*" if last else str(start + STEP - 1)
        values = {f"member;range={start}-{end}": everyone[start : start + STEP]}
        known = {"objectClass": [b"top", b"group"], "sAMAccountName": [b"GG_Tous"]}
        yield entry(f"CN=GG_Tous,{BASE}", values if ranged else known | values)
        yield done()

    facts, statement = read(tmp_path, answer)
    (group,) = (one for one in facts.entries if one.name == "GG_Tous")
    assert group.values("member") == tuple(everyone)
    assert len(asked) == MEMBERS // STEP
    assert not any(one.startswith(Section.PRINCIPALS) for one in statement.limits)


def test_a_server_that_gives_ranges_without_end_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_MAX_RANGES", 20)

    def answer(search: Search) -> Iterator[bytes]:
        ranged = any(one.startswith("member;range=") for one in search.attributes)
        if USERS not in search.filter and not ranged:
            yield from empty_directory(search)
            return
        known = {"objectClass": [b"top", b"group"], "sAMAccountName": [b"GG"]}
        yield entry(f"CN=GG,{BASE}", known | {"member;range=0-0": [b"CN=x," + BASE.encode()]})
        yield done()

    facts, statement = read(tmp_path, answer)
    assert any("(réponse sans fin)" in one for one in statement.limits)
    assert not facts.read_whole(Section.PRINCIPALS)


def test_a_range_that_never_comes_is_told(tmp_path: Path) -> None:
    group = {"objectClass": [b"top", b"group"], "member;range=0-0": [b"CN=x"]}
    facts, statement = read(tmp_path, accounts_answering(entry(f"CN=GG,{BASE}", group), done()))
    assert any("(réponse illisible)" in one for one in statement.limits)
    assert not facts.read_whole(Section.PRINCIPALS)


def test_bytes_that_are_not_ldap_are_told(tmp_path: Path) -> None:
    facts, statement = read(tmp_path, accounts_answering(b"\x64\x03\x04\x7f\x41", done()))
    assert any("(réponse illisible)" in one for one in statement.limits)
    assert not facts.read_whole(Section.PRINCIPALS)
