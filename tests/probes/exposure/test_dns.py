"""DNS answers and silences kept apart, against a real server on the loopback."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import dns.message
import dns.name
import dns.rrset
import pytest
from dns.resolver import Resolver

from care_kit.demo.surface import Surface, running_surface
from care_kit.demo.surface.surface import DNS, HOST
from care_kit.model.facts.exposure import DnsFact, DnsOutcome, Outcome, TransferFact
from care_kit.model.facts.scope import Host, Scope
from care_kit.model.words.errors import ScopeError
from care_kit.probes.exposure import dns as collected
from care_kit.probes.exposure.gate import OwnStation
from care_kit.probes.exposure.pace import Ceiling, Ceilings
from care_kit.probes.exposure.scope import resolve_names
from tests.probes.exposure.scopes import TODAY, scope
from tests.probes.exposure.udp import serving

ADDRESS = "127.0.0.62"


@pytest.fixture(scope="module")
def surface() -> Iterator[Surface]:
    with running_surface(ADDRESS) as one:
        yield one


def internal(resolver: str = f"{ADDRESS}:{DNS}", **changes: object) -> Scope:
    return scope(
        view="interne",
        networks=(f"{ADDRESS}/32",),
        hosts=(Host(HOST, (ADDRESS,)),),
        resolver=resolver,
        **{"validity": TODAY, **changes},
    )


def resolver_for(one: Scope) -> Resolver:
    return collected.resolver_for(one, Ceilings(one))


def transfers(one: Scope, domain: str, server: str) -> tuple[TransferFact, ...]:
    """What a domain served by one name server says to a stranger who wants its zone."""
    known = {(domain, "NS"): DnsFact(domain, "NS", DnsOutcome.ANSWER, (f"{server}.",))}
    return tuple(collected.transfers(resolver_for(one), domain, known, Ceilings(one).lane))


@contextmanager
def mute() -> Iterator[str]:
    """A DNS server that takes questions and never answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((ADDRESS, 0))
        yield f"{ADDRESS}:{sock.getsockname()[1]}"


@pytest.mark.parametrize(
    ("name", "kind", "outcome"),
    [
        ("chu-exemple.test", "TXT", DnsOutcome.ANSWER),
        ("chu-exemple.test", "AAAA", DnsOutcome.NO_DATA),
        ("absent.chu-exemple.test", "A", DnsOutcome.NXDOMAIN),
        ("autre.test", "A", DnsOutcome.UNKNOWN),  # the server refuses: nothing is proved
        ("a..b", "A", DnsOutcome.UNKNOWN),
    ],
)
def test_each_kind_of_answer_is_told(
    surface: Surface, name: str, kind: str, outcome: DnsOutcome
) -> None:
    assert collected.ask(resolver_for(internal()), name, kind).outcome is outcome


def test_a_silent_server_proves_nothing_and_is_soon_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(collected, "SECONDS", 0.2)
    with mute() as server:
        facts = tuple(collected.domain_facts(resolver_for(internal(server)), "chu-exemple.test"))
    assert {one.outcome for one in facts} == {DnsOutcome.UNKNOWN}
    assert facts[-1].detail == "abandon : le DNS ne répond plus"


def test_a_transfer_is_counted_not_kept(surface: Surface) -> None:
    one = internal()
    (fact,) = transfers(one, "chu-exemple.test", "ns1.chu-exemple.test")
    assert (fact.outcome, fact.records) == (Outcome.ACCEPTED, 8)


def test_a_refused_transfer_is_refused(surface: Surface) -> None:
    one = internal()
    (fact,) = transfers(one, "autre.test", "ns1.chu-exemple.test")
    assert fact.outcome is Outcome.REFUSED


def test_an_excluded_resolver_is_not_asked() -> None:
    with pytest.raises(ScopeError, match="exclu par ce périmètre"):
        resolver_for(internal(excluded_addresses=(f"::ffff:{ADDRESS}",)))


def test_names_are_pinned_to_their_declared_addresses(surface: Surface) -> None:
    one = internal()
    assert resolve_names(one, resolver_for(one)) == {HOST: (ADDRESS,)}


def test_a_name_that_leaves_its_declared_addresses_is_refused(surface: Surface) -> None:
    hosts = (Host(HOST, ("127.0.0.63",)),)
    one = scope(
        view="interne",
        networks=("127.0.0.63/32",),
        hosts=hosts,
        resolver=f"{ADDRESS}:{DNS}",
        validity=TODAY,
    )
    with pytest.raises(ScopeError, match=f"« {HOST} » mène à {ADDRESS}"):
        resolve_names(one, resolver_for(one))


@pytest.mark.parametrize("resolver", ["ns1.test:53", "127.0.0.1:dns", "127.0.0.1:53:x"])
def test_a_malformed_resolver_is_refused(resolver: str) -> None:
    with pytest.raises(ScopeError, match="adresse:port"):
        resolver_for(internal(resolver))


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("chu-exemple.fr", ("chu-exemple.fr",)),
        ("a.b.chu-exemple.fr", ("a.b.chu-exemple.fr", "b.chu-exemple.fr", "chu-exemple.fr")),
        ("gouv.fr", ("gouv.fr",)),
    ],
)
def test_the_walk_stops_at_the_organisational_domain(
    domain: str, expected: tuple[str, ...]
) -> None:
    assert collected.tree(domain) == expected


def test_questions_never_start_faster_than_the_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    """The resolver's own question is replaced: only its spacing is looked at."""
    started: list[float] = []
    monkeypatch.setattr(
        "dns.resolver.Resolver.resolve", lambda *_, **__: started.append(time.monotonic())
    )
    resolver = collected.PacedResolver(OwnStation(), Ceiling(100), configure=False)
    for _ in range(11):
        resolver.resolve("chu-exemple.test", "A")
    assert started[-1] - started[0] >= 0.099


@contextmanager
def answering(reply: Callable[[dns.message.Message], dns.message.Message]) -> Iterator[str]:
    """A DNS server of ours, for answers no real server would give."""
    with serving(ADDRESS, lambda data: reply(dns.message.from_wire(data)).to_wire()) as port:
        yield f"{ADDRESS}:{port}"


def alias_loop(question: dns.message.Message) -> dns.message.Message:
    """Two names that each stand for the other."""
    answer = dns.message.make_response(question)
    first, second = question.question[0].name, dns.name.from_text("b.chu-exemple.test.")
    answer.answer = [
        dns.rrset.from_text(first, 60, "IN", "CNAME", second.to_text()),
        dns.rrset.from_text(second, 60, "IN", "CNAME", first.to_text()),
    ]
    return answer


def endless_aliases(question: dns.message.Message) -> dns.message.Message:
    """As many aliases as a packet may carry, leading nowhere."""
    answer = dns.message.make_response(question)
    names = [question.question[0].name.to_text(), *(f"n{one}.test." for one in range(200))]
    answer.answer = [
        dns.rrset.from_text(name, 60, "IN", "CNAME", target) for name, target in pairwise(names)
    ]
    return answer


@pytest.mark.parametrize("reply", [alias_loop, endless_aliases])
def test_aliases_that_lead_nowhere_prove_nothing_and_cost_little(
    reply: Callable[[dns.message.Message], dns.message.Message],
) -> None:
    start = time.monotonic()
    with answering(reply) as server:
        asked = collected.ask(resolver_for(internal(server)), "a.chu-exemple.test", "A")
    assert (asked.outcome, asked.values) == (DnsOutcome.UNKNOWN, ())
    assert time.monotonic() - start < collected.SECONDS + 1
