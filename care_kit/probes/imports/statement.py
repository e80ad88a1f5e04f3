"""The statement of imported facts: whose tool read them, when, and what it did not see."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import care_kit
from care_kit.model.facts import directory_codec
from care_kit.model.facts.directory import DirectoryFacts, dns_name
from care_kit.model.facts.reading import Statement
from care_kit.model.formats.codec import sha512
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.probes.directory.limits import limits
from care_kit.probes.directory.target import Target


def not_ahead(moment: datetime) -> None:
    """InputError for a moment more than a day from now: it would stay the latest for years."""
    if moment > datetime.now(UTC) + timedelta(days=1):
        raise InputError(
            f"Ce relevé est daté du {moment:%d/%m/%Y}, dans le futur.",
            "Corrigez sa date, ou l'horloge de la machine qui l'a produit, puis recommencez.",
        )


def stated(
    facts: DirectoryFacts, tool: str, ended: datetime, notes: Iterable[str]
) -> tuple[bytes, Statement]:
    """Encoded facts and their statement; the moments are those of the other tool's run."""
    not_ahead(facts.taken_at)
    data = directory_codec.encode(facts)
    breaks = limits(facts, Target(server="", user="")).breaks
    statement = Statement(
        probe=ProbeKind.DIRECTORY,
        tool=f"care-kit {care_kit.__version__} / {tool}",
        target=dns_name(facts.domain_dn),
        account="",
        started=facts.taken_at,
        ended=ended,
        facts_sha512=sha512(data),
        complete=not breaks,
        limits=(*breaks, *facts.observation_gaps, *notes),
    )
    return data, statement
