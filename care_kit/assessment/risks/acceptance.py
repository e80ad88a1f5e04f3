"""Risks somebody accepted for a while: shown beside the finding, never counted as a pass."""

from collections.abc import Iterable
from datetime import date

from care_kit.model.dossier.acceptance import Accepted, RiskAcceptance
from care_kit.model.facts.finding import Finding
from care_kit.model.formats.pseudonym import digest
from care_kit.model.words.vocabulary import Verdict


def accepted(
    acceptances: Iterable[RiskAcceptance], finding: Finding, key: bytes, today: date
) -> tuple[Accepted, ...]:
    """Acceptances that speak of a failing finding, with the objects each one covers.

    `key` is the dossier's: acceptances hold digests, never names. Objects may themselves already
    be pseudonyms ending with those digits.
    """
    if finding.verdict is not Verdict.FAIL:
        return ()
    found = []
    for one in acceptances:
        if one.check != finding.check:
            continue
        objects = tuple(name for name in finding.objects if _is(one, name, key))
        if objects or not one.object_digest:
            found.append(Accepted(one, objects, one.until >= today))
    return tuple(found)


def _is(acceptance: RiskAcceptance, name: str, key: bytes) -> bool:
    if not acceptance.object_digest:
        return True
    return acceptance.object_digest in (digest(key, name), name.rpartition("-")[2])
