"""Line mode: one question at a time on plain lines, for SSH, screen readers and scripts."""

import sys
from collections.abc import Sequence

from care_kit.cli.terminal import options, output
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.answering import choices_listed, given, understood, worth
from care_kit.model.content.questionnaire import Indicator, Questionnaire
from care_kit.model.words.errors import InputError

SKIP, HELP, QUIT = "s", "h", "q"


def ask_all(dossier: Dossier, questionnaire: Questionnaire, wanted: Sequence[Indicator]) -> None:
    """Ask each question; every answer is saved when given, end of input or `q` stops cleanly."""
    if not wanted:
        output.say("Toutes les questions ont une réponse. « care answer --all » les repose.")
        return
    output.paragraph(
        "Réponses : un niveau, « nsp » (ne sais pas), « na » (non applicable), "
        "« p3 » (niveau 3 tenu en partie), « e3 » (mesure équivalente au niveau 3), "
        f"« {HELP} » (aide), « {SKIP} » (passer), « {QUIT} » (quitter)."
    )
    for number, indicator in enumerate(wanted, start=1):
        _show(indicator, f"{number}/{len(wanted)}")
        _already_said(dossier, indicator)
        if not _ask(dossier, questionnaire, indicator):
            output.say("Arrêt demandé : les réponses données sont enregistrées.")
            return
    output.say("Questionnaire parcouru. Voyez « care assess ».")


def _show(indicator: Indicator, position: str) -> None:
    output.say()
    socle = " [socle]" if indicator.socle else ""
    output.say(f"Question {position} - {indicator.id}{socle} - {indicator.title}")
    output.paragraph(indicator.question)
    for level in sorted(indicator.levels):
        output.paragraph(f"{level} : {indicator.levels[level]}", "  ")
    for one in choices_listed(indicator):
        output.paragraph(one, "  ")


def _already_said(dossier: Dossier, indicator: Indicator) -> None:
    """What the answers to related questions say; they never answer this one."""
    for name in indicator.related:
        answer = dossier.state.answers.get(name)
        if answer is not None and answer.level is not None:
            output.paragraph(f"Déjà répondu ailleurs : {name}, niveau {answer.level}.", "  ")


def _ask(dossier: Dossier, questionnaire: Questionnaire, indicator: Indicator) -> bool:
    """True to go on to the next question, False to stop."""
    while True:
        said = _read(f"{indicator.id} > ")
        if said is None or said.lower() == QUIT:
            return False
        if said.lower() == SKIP or not said:
            return True
        if said.lower() == HELP:
            _help(indicator)
            continue
        try:
            event = given(
                questionnaire, indicator.id, said, _reason(indicator, said), today=options.today()
            )
            dossier.append(event)
        except InputError as error:
            output.failed(error)
            continue
        output.say("Enregistré.")
        if event.typed:
            output.paragraph(worth(indicator, event.level), "  ")
        return True


def _reason(indicator: Indicator, said: str) -> str:
    """Asked only when the answer itself is understood and wants one."""
    wanted = understood(indicator, said, options.today()).reason_wanted
    return (_read(f"Motif ({wanted}) > ") or "") if wanted else ""


def _help(indicator: Indicator) -> None:
    output.paragraph(f"Pourquoi : {indicator.why}")
    if indicator.help:
        output.paragraph(f"Aide : {indicator.help}")
    output.paragraph(f"Répond d'ordinaire : {indicator.answered_by}.")
    for one in indicator.evidence:
        output.paragraph(f"Preuve acceptée : {one.title} (valable {one.validity}).")


def _read(prompt: str) -> str | None:
    """One line of input, None at end of input."""
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    return line.strip() if line else None
