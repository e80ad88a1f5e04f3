"""The fingerprint follows the wording, and nothing else."""

import hashlib
from dataclasses import replace

from care_kit.catalog.authoring.fingerprint import fingerprints
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.formats.codec import canonical


def test_it_is_the_sha256_of_the_canonical_content(socle: Questionnaire) -> None:
    found = fingerprints([socle])[0]
    assert (found.id, found.version) == ("socle", socle.version)
    assert found.sha256 == hashlib.sha256(canonical(socle)).hexdigest()


def test_it_changes_with_one_letter(socle: Questionnaire) -> None:
    other = replace(socle, title=socle.title + ".")
    assert fingerprints([socle])[0].sha256 != fingerprints([other])[0].sha256


def test_it_does_not_depend_on_the_order_of_the_levels(socle: Questionnaire) -> None:
    first = socle.indicators[0]
    turned = replace(first, levels=dict(reversed(list(first.levels.items()))))
    other = replace(socle, indicators=(turned, *socle.indicators[1:]))
    assert fingerprints([socle]) == fingerprints([other])
