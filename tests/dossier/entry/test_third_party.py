from datetime import UTC, datetime

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.third_party import add_third_party, third_party_results
from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.formats.codec import sha512

SEEN = ThirdPartyResult(
    tool="PingCastle",
    version="3.3.0.1",
    forest="hopital-secret.lan",
    domain="site.hopital-secret.lan",
    generated=datetime(2026, 3, 1, tzinfo=UTC),
    level=2,
    scores={"score global": 80},
    failed=("vuln_krbtgt",),
)


def test_a_result_comes_back_as_it_was_given_with_its_file(dossier: Dossier) -> None:
    event = add_third_party(dossier, b"<HealthcheckData/>", SEEN)
    assert third_party_results(dossier) == (SEEN,)
    assert dossier.blob(event.source_sha512) == b"<HealthcheckData/>"
    assert event.source_sha512 == sha512(b"<HealthcheckData/>")
    (record,) = dossier.state.third_party
    assert (record.tool, record.author) == ("PingCastle", dossier.author)


def test_the_journal_names_neither_forest_nor_domain(dossier: Dossier) -> None:
    add_third_party(dossier, b"<HealthcheckData/>", SEEN)
    assert not [line for line in dossier.journal() if "hopital-secret" in line]
