"""What to do now, in order."""

from datetime import date
from pathlib import Path

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_evidence
from care_kit.dossier.journal.events import AnswerGiven, ReviewMarked
from care_kit.model.words.vocabulary import AnswerState
from care_kit.tui.views.todo import steps
from care_kit.tui.work.session import Session
from tests.tui.small import TODAY, content


def told(dossier: Dossier) -> list[str]:
    return [one.text for one in steps(Session(dossier, content(), TODAY).view)]


def test_a_new_dossier_starts_with_the_socle_then_the_probes(dossier: Dossier) -> None:
    assert [text.partition(" :")[0] for text in told(dossier)] == [
        "Répondre (socle)",
        "Répondre (socle)",
        "Lancer la sonde « annuaire »",
        "Lancer la sonde « exposition internet »",
        "Répondre à 2\u00a0autres questions",
    ]


def test_an_answer_without_proof_and_a_mark_are_told_in_that_order(dossier: Dossier) -> None:
    dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 4))
    dossier.append(ReviewMarked("CK-GOV-02", True))
    texts = told(dossier)
    proof = next(at for at, text in enumerate(texts) if text.startswith("À compléter : CK-GOV-01"))
    mark = next(at for at, text in enumerate(texts) if text.startswith("À revoir : CK-GOV-02"))
    assert proof < mark
    assert not any("(socle) : CK-GOV-01" in text for text in texts)


def test_each_step_leads_somewhere(dossier: Dossier) -> None:
    for step in steps(Session(dossier, content(), TODAY).view):
        assert step.place in ("questions", "probes", "evidence", "findings")
        assert step.help


def test_a_piece_about_to_end_and_one_that_ended_are_told_after_the_conflicts(
    dossier: Dossier, tmp_path: Path
) -> None:
    for name, day in (("ancienne", date(2025, 11, 1)), ("bientot", date(2025, 12, 15))):
        file = tmp_path / f"{name}.txt"
        file.write_text(name, encoding="utf-8")
        subject = "CK-GOV-01" if name == "ancienne" else "CK-GOV-02"
        add_evidence(dossier, file, [subject], day)
    assert [text for text in told(dossier) if " cesse d'être valable" in text] == [
        "Échu : 01/11/2026 · « ancienne.txt » cesse d'être valable",
        "À venir : 15/12/2026 · « bientot.txt » cesse d'être valable",
    ]
