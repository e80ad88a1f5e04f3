"""What makes a product recognisable in its answers, and how a recognition is judged."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, HttpFact, Outcome
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.verdicts import fail, told


@dataclass(frozen=True)
class Product:
    """A product and its marks; a redirection counts only when it leads away from what was asked.

    `titles`, `servers` and `cookies` are patterns; `redirects` are beginnings of paths; `paths`
    must have been asked before the product can be said absent.
    """

    name: str
    titles: str = ""
    servers: str = ""
    cookies: str = ""
    headers: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    paths: tuple[str, ...] = ("/",)

    def shown_by(self, one: HttpFact) -> bool:
        """Whether an answer carries a mark of the product."""
        return (
            _found(self.titles, one.title)
            or _found(self.servers, one.header("Server") or "")
            or any(_found(self.cookies, name) for name in cookie_names(one))
            or any(one.header(name) is not None for name in self.headers)
            or _leads_to(one, self.redirects)
        )


Recognise = Callable[[HttpFact], str]


def judged(
    facts: ExposureFacts, check: Check, products: Iterable[Product], reason: str
) -> Iterator[Finding]:
    """A failure per port that shows a product; else what the pages of the host prove."""
    known = tuple(products)

    def recognise(one: HttpFact) -> str:
        return next((product.name for product in known if product.shown_by(one)), "")

    wanted = {path for product in known for path in product.paths}
    yield from recognised(facts, check, recognise, wanted, reason)


def recognised(
    facts: ExposureFacts,
    check: Check,
    recognise: Recognise,
    wanted: set[str],
    reason: str,
    gravity: Callable[[HttpFact], Severity | None] = lambda _one: None,
) -> Iterator[Finding]:
    """Like `judged`, for any recognition; `reason` gets the product's name."""
    for host, ports in sites(facts).items():
        shown = 0
        for port, pages in ports.items():
            seen = [one for one in pages if recognise(one)]
            if seen:
                shown += 1
                told_name = recognise(seen[0])
                severities = [one for one in map(gravity, seen) if one]
                yield fail(
                    check,
                    host,
                    reason.format(told_name),
                    port=port,
                    severity=min(severities, key=list(Severity).index, default=None),
                )
        if not shown:
            yield absent(check, host, ports, wanted)


def sites(facts: ExposureFacts) -> dict[str, dict[int, list[HttpFact]]]:
    """Answered pages by host and port; a port that never answered has an empty list."""
    found: dict[str, dict[int, list[HttpFact]]] = {}
    for one in facts.http:
        pages = found.setdefault(one.host, {}).setdefault(one.port, [])
        if one.outcome is Outcome.ACCEPTED:
            pages.append(one)
    return found


def answers_anything(pages: Iterable[HttpFact]) -> bool:
    """Whether most of the unrelated pages asked exist: a 200 then means nothing there."""
    further = [one for one in pages if one.path != "/"]
    return 2 * sum(one.status == 200 for one in further) > len(further)


def location(one: HttpFact) -> str:
    """Absolute path a redirection leads to, empty when there is none or it is not a URL."""
    if not 300 <= one.status < 400:
        return ""
    try:
        return urlsplit(urljoin(one.path, one.header("Location") or "")).path
    except ValueError:
        return ""


def cookie_names(one: HttpFact) -> list[str]:
    """Names of the cookies an answer sets."""
    return [
        value.partition("=")[0].strip() for key, value in one.headers if key.lower() == "set-cookie"
    ]


def absent(check: Check, host: str, ports: dict[int, list[HttpFact]], wanted: set[str]) -> Finding:
    """What a host where nothing was recognised proves: all `wanted` pages must have answered."""
    unproved = sum(not wanted <= {one.path for one in pages} for pages in ports.values())
    if unproved:
        reason = (
            "Rien n'a été reconnu, mais des pages demandées n'ont pas répondu "
            f"({counted(unproved, 'port')} web sur {len(ports)})."
        )
        return told(Verdict.NOT_TESTED, check, host, reason)
    asked = counted(len(ports), "port web interrogé", "ports web interrogés")
    reason = f"Rien n'a été reconnu sur {asked}."
    return told(Verdict.PASS, check, host, reason)


def _leads_to(one: HttpFact, beginnings: tuple[str, ...]) -> bool:
    """A site that merely repeats the path asked, under another name or scheme, does not count."""
    where = location(one)
    return any(where.startswith(each) and not one.path.startswith(each) for each in beginnings)


def _found(pattern: str, text: str) -> bool:
    return bool(pattern) and re.search(pattern, text, re.IGNORECASE) is not None
