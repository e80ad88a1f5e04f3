"""The exposure report: what it says, whatever lays it out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from care_kit.catalog.dated_tables import load_tables
from care_kit.exporters.exposure.build import build
from care_kit.exporters.exposure.content import ExposureReport, Sheet
from care_kit.exporters.material import Material
from care_kit.exporters.redaction import redact
from care_kit.model.dossier.reported import ReportedFinding, ReportedStatus
from care_kit.model.facts.finding import Finding
from care_kit.model.results.comparison import Change, Comparison, Difference
from care_kit.model.results.level_held import ExposureProgress
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import ProbeKind, Severity, Verdict
from tests.assessment.readings.samples import counted
from tests.exporters import sample

TABLES = load_tables(date(2026, 11, 21))
VPN, ADDRESS, MAIL = sample.HOSTS
HISTORY = (
    replace(counted(0, critical=1, high=2), reading="R-1", target=ADDRESS),
    replace(counted(50, high=1), reading="R-2", target=ADDRESS),
)


def difference(change: Change, check: str, target: str, port: int, **more: object) -> Difference:
    was = Verdict.FAIL if change is not Change.NEW else Verdict.NOT_TESTED
    now = Verdict.FAIL if change in (Change.NEW, Change.PERSISTENT) else Verdict.PASS
    usual: dict[str, object] = {"before": was, "after": now, "severity": Severity.HIGH}
    return Difference(change, check, target, port, **(usual | more))  # type: ignore[arg-type]


DIFFERENCES = (
    difference(Change.PERSISTENT, "tls_old", VPN, 443),
    difference(Change.NEW, "dmarc", sample.DOMAIN, 0),
    difference(Change.FIXED, "rdp_open", ADDRESS, 3389),
    difference(Change.UNSEEN, "rdp_open", MAIL, 3389, after=Verdict.NOT_TESTED),
)
COMPARED = Comparison(
    ProbeKind.EXPOSURE, "R-1", "R-2", HISTORY[0].ended, HISTORY[1].ended, DIFFERENCES, ("Réserve.",)
)
FAILED = (
    *sample.FINDINGS,
    Finding("dmarc", sample.DOMAIN, Verdict.FAIL, "Aucun DMARC.", severity=Severity.MEDIUM),
    Finding("tls_old", MAIL, Verdict.FAIL, "TLS 1.1 est accepté.", 8443, severity=Severity.HIGH),
)


def material(**changes: object) -> Material:
    usual: dict[str, object] = {
        "progress": ExposureProgress(HISTORY, (COMPARED,), unheld="Pas deux relevés utilisables."),
        "findings": FAILED,
    }
    return replace(sample.sample(), **(usual | changes))  # type: ignore[arg-type]


def report(**changes: object) -> ExposureReport:
    return build(material(**changes), sample.COMPLETE, TABLES)


def sheet(check: str, **changes: object) -> Sheet:
    return next(one for one in report(**changes).sheets if one.check == check)


def test_without_a_reading_there_is_no_report() -> None:
    with pytest.raises(InputError, match="aucun relevé d'exposition"):
        build(material(progress=ExposureProgress()), sample.COMPLETE, TABLES)


def test_the_first_page_says_five_things() -> None:
    looked, found, changed, held, first = report().sentences
    assert "21/10/2026 (vue externe)" in looked
    assert "3\xa0constats de failles de 2\xa0sortes, dont 0\xa0critique et 2\xa0élevés" in found
    assert "1\xa0corrigée, 1\xa0nouvelle, 1\xa0persistante et 1\xa0plus visible" in changed
    assert "ne peut pas encore" in held
    assert "Protocole TLS obsolète" in first
    assert "Couverture" in first


def test_a_first_reading_has_no_evolution() -> None:
    alone = report(progress=ExposureProgress(HISTORY[1:]))
    assert "premier relevé" in alone.sentences[2]
    assert {place.status for one in alone.sheets for place in one.places} == {
        "premier relevé de cette cible"
    }


def test_one_sheet_per_check_gravest_first_with_every_place() -> None:
    sheets = report().sheets
    assert [(one.number, one.check) for one in sheets] == [("F-01", "tls_old"), ("F-02", "dmarc")]
    tls = sheets[0]
    assert [place.where for place in tls.places] == [f"{VPN}:443", f"{MAIL}:8443"]
    assert (tls.severity, tls.priority[0]) == ("élevée", "2")
    assert tls.risk and tls.remediation


def test_each_place_says_what_became_of_it() -> None:
    assert [one.status for one in sheet("tls_old").places] == [
        "persistant",
        "premier relevé de cette cible",
    ]
    assert sheet("dmarc").status == "nouveau (non testé au relevé précédent)"


def test_what_is_gone_is_corrected_or_only_out_of_sight() -> None:
    assert [one.status for one in report().gone] == ["corrigé", "plus visible (non prouvé corrigé)"]


def test_what_was_not_tested_keeps_its_reason() -> None:
    untested = {one.check: one for one in report().untested}
    assert untested["rdp_open"].reasons == ("Le port n'a pas répondu.",)
    assert untested["rdp_open"].severity == "critique"


def test_a_long_list_of_places_is_cut_and_counted() -> None:
    many = tuple(
        Finding(
            "tls_old", f"h{rank:02d}.test", Verdict.FAIL, "TLS 1.0.", 443, severity=Severity.HIGH
        )
        for rank in range(20)
    )
    found = sheet("tls_old", findings=many)
    assert (len(found.places), found.more) == (12, 8)


def test_findings_of_reports_received_are_beside_ours() -> None:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    one = ReportedFinding(
        "a", "SILENE", at.date(), "Vieux TLS", "S-1", None, "tls_old", ReportedStatus.FIXED,
        at.date() + timedelta(days=5), "A", at,
    )  # fmt: skip
    state = replace(sample.sample().state, reported={"a": one})
    whole = report(state=state)
    assert whole.received[0].contradicted
    (beside,) = whole.sheets[0].reported
    assert "dit corrigé au 07/11/2026" in beside


def test_the_age_of_the_catalogue_and_the_limits_are_printed() -> None:
    whole = report()
    assert any("2025.08.25, 453\xa0jours" in one for one in whole.method)
    assert any("nmap.org" in one for one in whole.method)
    assert whole.cautions == ("Réserve.",)
    assert whole.held.reasons == ("Pas deux relevés utilisables.",)


def test_an_inside_or_incomplete_reading_is_told_on_the_first_page() -> None:
    inside = replace(HISTORY[1], view="interne", complete=False, replayed=True)
    notices = " ".join(report(progress=ExposureProgress((inside,))).notices)
    for words in ("ce qu'internet voit", "incomplet", "rejoué"):
        assert words in notices


def test_a_redacted_report_names_nobody() -> None:
    shown = redact(material())
    text = repr(build(shown, sample.REDACTED, TABLES))
    for name in (*sample.HOSTS, sample.DOMAIN):
        assert name not in text
    assert "pseudonymes" in text
    changes = {
        place.status for one in build(shown, sample.REDACTED, TABLES).sheets for place in one.places
    }
    assert "persistant" in changes, "places are still matched once renamed"
