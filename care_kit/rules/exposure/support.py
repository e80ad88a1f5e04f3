"""WEB-EOL: versions shown whose maker no longer corrects them."""

import re
from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.content.dated_tables import DatedTables, SupportedProduct
from care_kit.model.facts.exposure import ExposureFacts, HttpFact
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.fingerprints import sites
from care_kit.rules.exposure.registry import dated_rules
from care_kit.rules.exposure.verdicts import fail, merged, told

_DISTRIBUTION = re.compile(
    r"\b(debian|ubuntu|red ?hat|rhel|centos|rocky|almalinux|suse|amazon)\b|deb\d+u\d", re.IGNORECASE
)


@dated_rules.decides("WEB-EOL")
def unsupported(facts: ExposureFacts, check: Check, tables: DatedTables) -> Iterator[Finding]:
    """A branch past its end of support; a distribution may go on correcting it."""
    for host, ports in sites(facts).items():
        for port, pages in ports.items():
            if shown := list(_shown(check, host, port, _lines(pages), tables)):
                yield from merged(shown)
            else:
                reason = "Aucune version n'est affichée : rien à comparer."
                yield told(Verdict.NOT_TESTED, check, host, reason, port=port)


def _shown(
    check: Check, host: str, port: int, lines: list[str], tables: DatedTables
) -> Iterator[Finding]:
    for product in tables.support.products:
        for line in lines:
            if branch := re.search(product.pattern, line, re.IGNORECASE):
                yield _judged(check, host, port, product, branch[1], lines, tables)


def _lines(pages: list[HttpFact]) -> list[str]:
    """Header lines of a port's pages, each once."""
    return list(dict.fromkeys(f"{key}: {value}" for one in pages for key, value in one.headers))


def _judged(
    check: Check,
    host: str,
    port: int,
    product: SupportedProduct,
    branch: str,
    lines: list[str],
    tables: DatedTables,
) -> Finding:
    name = f"{product.name} {branch}"
    end = product.ends.get(branch)
    if end is None:
        reason = (
            f"{name} : aucune fin de support connue dans la table du "
            f"{tables.support.source_date:%d/%m/%Y}."
        )
        return told(Verdict.NOT_TESTED, check, host, reason, port=port)
    if end >= tables.today:
        reason = f"{name} est maintenu jusqu'au {end:%d/%m/%Y} ({product.maker})."
        return told(Verdict.PASS, check, host, reason, port=port)
    reason = f"{name} n'est plus maintenu depuis le {end:%d/%m/%Y} ({product.maker})"
    if any(map(_DISTRIBUTION.search, lines)):
        reason += " ; la distribution le corrige peut-être encore : à prouver."
        return told(Verdict.NOT_TESTED, check, host, reason, port=port)
    return fail(check, host, f"{reason}.", port=port)
