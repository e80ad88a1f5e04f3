"""A made-up GHT of two legal entities, with everything an export may meet, hostile texts included.

FINESS numbers carry a valid key but belong to a department that does not exist (99).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from pydantic import TypeAdapter

from care_kit.dossier.folding.fold import fold
from care_kit.dossier.journal import events
from care_kit.dossier.journal.chain import GENESIS, Record
from care_kit.dossier.journal.events import Event
from care_kit.exporters.material import Material
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.dossier.establishment import Establishment, LegalEntity, Nis2, Site
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.formats.codec import canonical, compress, sha512
from care_kit.model.formats.pseudonym import digester
from care_kit.model.results.assessment import (
    Assessment,
    DirectoryLevel,
    Gravity,
    IndicatorResult,
    Interval,
    ObjectiveResult,
    ObjectiveState,
    Remark,
    Score,
)
from care_kit.model.words.vocabulary import (
    AnswerState,
    Confidence,
    ProbeKind,
    Severity,
    Tlp,
    Verdict,
)
from tests.exporters.sample_content import CHECKS, CONTENT, PROGRAMME, QUESTIONNAIRE

MADE_AT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
KEY = bytes(range(32))
PARTS = ("report", "spreadsheet", "data", "pieces", "readings", "journal")
REDACTED = ExportProfile("examinateur", "Paquet d'examen", "ARS", Tlp.AMBER, True, PARTS)
COMPLETE = ExportProfile("complet", "Paquet complet", "Établissement", Tlp.RED, False, PARTS)

MARKUP = "<script>alert('é')</script><img src=x onerror=alert(1)> & {{ 7 * 7 }} #strong[x]"
FORMULA = '=HYPERLINK("http://exemple.invalid/vol";"Cliquez")'
REVERSED = "facture\u202efdp.exe"
CONTROLS = "avant\x00\x07\x1b[31m\x9b après\ufffe"
ENDLESS = "Réponse très longue. " * 500
HOSTILE = (MARKUP, FORMULA, REVERSED, CONTROLS, ENDLESS)

DOMAIN = "marais.example"
ACCOUNTS = (
    "svc_sauvegarde01",
    "j.dupond-adm",
    "Administrateur",
    "CN=Poste Radio 12,OU=Postes,DC=marais,DC=example",
)
READER = "lecteur-audit7"
HOSTS = ("vpn.marais.example", "203.0.113.10", "webmail.marais.example")
NAMES = (DOMAIN, *ACCOUNTS, READER, *HOSTS)

LEAD = LegalEntity(
    "Centre hospitalier des Marais Imaginaires",
    "990000010",
    (Site("Site de Brume", "990000028"), Site("Site d'Ombre-sur-Eau", "990000036")),
)
OTHER = LegalEntity("Hôpital de l'Étang Rêvé", "990000044", (Site("Étang", "990000051"),))
ESTABLISHMENT = Establishment(
    "GHT des Marais Imaginaires",
    "GHT",
    "Bretagne",
    (LEAD, OTHER),
    Nis2.ESSENTIAL,
    ose=False,
    ght=True,
)

FINDINGS = (
    Finding(
        "dont_expire_priv",
        DOMAIN,
        Verdict.FAIL,
        "3 comptes à privilèges sur 12 ont un mot de passe sans expiration.",
        objects=ACCOUNTS,
        level=1,
    ),
    Finding("krbtgt", DOMAIN, Verdict.PASS, "Clé renouvelée il y a 40 jours (seuil : 365)."),
    Finding(
        "tls_old",
        HOSTS[0],
        Verdict.FAIL,
        "TLS 1.0 est accepté.",
        port=443,
        severity=Severity.HIGH,
    ),
    Finding("rdp_open", HOSTS[1], Verdict.NOT_TESTED, "Le port n'a pas répondu.", port=3389),
    Finding("dmarc", DOMAIN, Verdict.ERROR, f"{MARKUP} : réponse DNS illisible.", objects=HOSTS),
    Finding("tls_old", HOSTS[2], Verdict.INFO, "Certificat de 2 048 bits.", port=443),
)

PIECES = (b"%PDF-1.7 politique\n", b"%PDF-1.7 rapport d'audit\n", b"texte brut\n")
RAW_FACTS = {
    probe: compress(("\n".join(NAMES) + probe.value).encode("utf-8")) for probe in ProbeKind
}


def _statement(probe: ProbeKind, started: datetime, complete: bool) -> Statement:
    directory = probe is ProbeKind.DIRECTORY
    return Statement(
        probe=probe,
        tool="care-kit 0.1.0, ldap3 2.9.1" if directory else "care-kit 0.1.0, Nmap 7.93",
        target=DOMAIN if directory else HOSTS[1],
        account=READER if directory else "",
        started=started,
        ended=started + timedelta(minutes=4, seconds=7),
        facts_sha512=sha512(RAW_FACTS[probe]),
        complete=complete,
        commands=() if directory else (f"nmap -Pn -sT -p 443,3389 {HOSTS[1]}",),
        limits=() if complete else (f"L'hôte {HOSTS[1]} n'a pas répondu sur 3389.",),
        scope_sha256="" if directory else "ab" * 32,
        view="" if directory else "externe",
    )


STATEMENTS = {
    "R-1": _statement(ProbeKind.DIRECTORY, datetime(2026, 10, 2, 8, tzinfo=UTC), True),
    "R-2": _statement(ProbeKind.EXPOSURE, datetime(2026, 11, 20, 21, tzinfo=UTC), False),
}
BLOBS = {
    sha512(one): one for one in (*PIECES, *RAW_FACTS.values(), *map(canonical, STATEMENTS.values()))
}


def _piece(rank: int, name: str, title: str, effective: date | None, *subjects: str) -> Event:
    content = PIECES[rank]
    return events.EvidenceAdded(
        f"P-{rank}",
        name,
        title,
        "application/pdf",
        len(content),
        sha512(content),
        effective,
        subjects,
    )


def _reading(reading: str) -> Event:
    said = STATEMENTS[reading]
    return events.ReadingAdded(
        reading,
        said.probe,
        said.started,
        said.ended,
        said.complete,
        said.facts_sha512,
        sha512(canonical(said)),
    )


def _answer(indicator: str, state: AnswerState, **more: Any) -> Event:
    return events.AnswerGiven("essai", 3, indicator, state, **more)


EVENTS: tuple[Event, ...] = (
    events.DossierCreated("3f1b2c9e-0000-4000-8000-000000000001", ESTABLISHMENT),
    _answer("CK-01", AnswerState.ANSWERED, level=4, comment=MARKUP),
    _answer("CK-02", AnswerState.ANSWERED, level=2, comment=FORMULA),
    _answer("CK-03", AnswerState.ANSWERED, level=4, comment=ENDLESS),
    _answer("CK-05", AnswerState.UNKNOWN, reason=CONTROLS),
    _answer("CK-06", AnswerState.NOT_APPLICABLE, reason=REVERSED),
    events.ConflictExplained("CK-03", "Les comptes relevés sont en cours de suppression."),
    _piece(0, "Politique de sécurité.pdf", "Politique signée", date(2026, 2, 3), "CK-01", "O1-P1"),
    _piece(1, "Politique de sécurité.pdf", FORMULA, None, "CK-01"),
    _piece(2, "../../CON.txt", REVERSED, date(2025, 1, 31), "O1-P1"),
    _reading("R-1"),
    _reading("R-2"),
    events.ScopeSigned("ab" * 32, "Camille Lune", "Directrice", date(2026, 11, 1)),
    events.SpendingRecorded("S-1", "fictif-d1", "O1", "Prestation d'audit", Decimal("12000.50")),
    events.SpendingRecorded("S-2", "fictif-d1", "O1", MARKUP, Decimal("0.01")),
    events.SpendingRecorded("S-3", "fictif-d1", "O2", FORMULA, Decimal("850")),
)


def journal(happened: Sequence[Event]) -> tuple[Record, ...]:
    """The hash chain of these events, as the dossier writes it."""
    records: list[Record] = []
    previous = GENESIS
    for seq, event in enumerate(happened, 1):
        payload = TypeAdapter(type(event)).dump_python(event, mode="json")
        at = (MADE_AT - timedelta(days=60 - seq)).isoformat(timespec="milliseconds")
        record = Record(
            seq, f"e-{seq:04d}", at, "Camille Lune", type(event).__name__, payload, previous
        ).sealed()
        records.append(record)
        previous = record.hash
    return tuple(records)


def _result(rank: int, state: AnswerState | None, **more: Any) -> IndicatorResult:
    filled: dict[str, Any] = {
        "declared": None,
        "measured": None,
        "retained": Interval(0, 4),
        "confidence": None,
    }
    return IndicatorResult(f"CK-{rank:02d}", state, **{**filled, **more})


RESULTS = (
    _result(
        1,
        AnswerState.ANSWERED,
        declared=4,
        retained=Interval(4, 4),
        confidence=Confidence.DATED_DOCUMENT,
    ),
    _result(
        2,
        AnswerState.ANSWERED,
        declared=2,
        retained=Interval(2, 2),
        confidence=Confidence.DECLARED,
    ),
    _result(
        3,
        AnswerState.ANSWERED,
        declared=4,
        measured=Interval(0, 1),
        retained=Interval(0, 1),
        confidence=Confidence.MEASURED,
        conflict=True,
        explanation="Les comptes relevés sont en cours de suppression.",
    ),
    _result(4, None),
    _result(5, AnswerState.UNKNOWN, retained=Interval(0, 0), measured=Interval(0, 2)),
    _result(6, AnswerState.NOT_APPLICABLE, retained=None),
    _result(7, None, measured=Interval(1, 1), retained=Interval(1, 1), confidence=Confidence(3)),
)


def _score(level: Interval | None, index: Interval | None, coverage: float) -> Score:
    share = 0.0 if index else 1.0
    return Score(level, index, coverage, share, {Confidence.DECLARED: 1, Confidence.MEASURED: 2}, 1)


ASSESSMENT = Assessment(
    questionnaire="essai",
    overall=_score(Interval(0, 1), Interval(31.25, 58.333), 0.714),
    domains={
        "D1": _score(Interval(4, 4), Interval(80, 80), 1),
        "D2": _score(Interval(0, 1), Interval(0, 62.5), 0.5),
        "D3": _score(Interval(0, 0), Interval(10, 40), 0.999),
        "D4": _score(None, None, 1),
        "D5": _score(Interval(1, 1), Interval(25, 25), 1),
    },
    indicators={one.indicator: one for one in RESULTS},
    directory=(
        DirectoryLevel(
            DOMAIN, Interval(1, 1), 2, 95, ("dont_expire_priv",), ("laps", "point_inconnu")
        ),
    ),
)

OBJECTIVES = {
    "fictif-d1": {
        "O1": ObjectiveResult(
            "O1", ObjectiveState.MISSING, ("Pièce à joindre : Plan d'action signé.",), ("O1-P1",)
        ),
        "O2": ObjectiveResult("O2", ObjectiveState.UNDETERMINED),
        "O3": ObjectiveResult("O3", ObjectiveState.NOT_CONCERNED),
    }
}

REMARKS = (
    Remark(Gravity.BLOCKING, "CK-04", "L'indicateur n'a pas de réponse.", "Répondez-y."),
    Remark(Gravity.WARNING, "R-2", f"Le relevé de {HOSTS[1]} est incomplet.", "Relancez la sonde."),
    Remark(Gravity.WARNING, "CK-01", MARKUP, FORMULA),
)


def sample(happened: Sequence[Event] = EVENTS) -> Material:
    """The whole material; state and journal always agree, since one is folded from the other."""
    records = journal(happened)
    return Material(
        state=fold(records),
        questionnaire=QUESTIONNAIRE,
        programmes={PROGRAMME.id: PROGRAMME},
        checks=CHECKS,
        assessment=ASSESSMENT,
        objectives=OBJECTIVES,
        remarks=REMARKS,
        findings=FINDINGS,
        statements=STATEMENTS,
        journal=tuple(record.line() for record in records),
        digest_of=digester(KEY),
        made_at=MADE_AT,
        judged_on=MADE_AT.date(),
        content=CONTENT,
        version="0.1.0",
        opened=lambda digest: BytesIO(BLOBS[digest]),
    )


def nearly_empty() -> Material:
    """A dossier just created: one event, nothing answered, nothing measured, no programme.

    Its package is small enough for every single byte of it to be altered in turn.
    """
    small = replace(QUESTIONNAIRE, domains=QUESTIONNAIRE.domains[:1], indicators=())
    nothing = Score(None, None, 0.0, 0.0, {})
    return replace(
        sample(EVENTS[:1]),
        questionnaire=small,
        programmes={},
        checks={},
        assessment=Assessment("essai", nothing, {"D1": nothing}, {}),
        objectives={},
        remarks=(),
        findings=(),
        statements={},
    )
