"""The preparer's sheet: what is left to fill in, what nobody could read. It is never signed."""

from collections.abc import Iterator

from care_kit.exporters.material import Material
from care_kit.exporters.papers.objectives import name_of
from care_kit.exporters.papers.shape import Paper, Section, as_printed, table
from care_kit.model.content.programme import Programme
from care_kit.model.results.assessment import Gravity
from care_kit.model.words.french import TO_COMPLETE
from care_kit.model.words.text import printable

TITLE = "Fiche du préparateur"


def preparer(material: Material, programme: Programme, signed: Paper) -> Paper:
    """What the person who prepares `signed` must know and do before it is handed over."""
    return as_printed(
        Paper(
            title=TITLE,
            subtitle=f"{signed.title} : {signed.subtitle}",
            establishment=signed.establishment,
            tlp=signed.tlp,
            made_on=signed.made_on,
            sections=(_left(signed), _remarks(material), _unread(programme)),
            warnings=("Cette fiche sert à préparer le document : ne la joignez pas.",),
        )
    )


def _left(signed: Paper) -> Section:
    rows = [(title, text.replace("\n", " ")) for title, text in _gaps(signed)]
    told = "Rien n'est à compléter." if not rows else ""
    shown = table(("Partie du document", "À compléter avant la signature"), (3, 6), rows)
    return Section("À compléter", (told,) if told else (), (shown,) if rows else ())


def _gaps(signed: Paper) -> Iterator[tuple[str, str]]:
    for section in signed.sections:
        texts = [
            *section.paragraphs,
            *(cell for each in section.tables for row in each.rows for cell in row),
        ]
        found = (line for text in texts for line in text.split("\n"))
        for line in dict.fromkeys(one for one in found if one.startswith(TO_COMPLETE)):
            yield section.title, line.removeprefix(TO_COMPLETE).lstrip(" \u00a0:") or line


def _remarks(material: Material) -> Section:
    rows = [
        (one.gravity.label, one.subject, one.sentence, one.next_step)
        for one in material.remarks
        if one.gravity is not Gravity.FORESEEN
    ]
    columns = ("Gravité", "Sujet", "Remarque", "Que faire")
    shown = table(columns, (2, 2, 4, 4), rows)
    nothing = ("Le pré-contrôle ne fait aucune remarque.",)
    return Section("Remarques du pré-contrôle", () if rows else nothing, (shown,) if rows else ())


def _unread(programme: Programme) -> Section:
    rows = [("Programme", programme.notice)]
    rows += [(name_of(one), one.gap) for one in programme.objectives if one.gap]
    rows += [
        (one.title, "Aucune date n'a été lue pour cette étape.")
        for one in programme.milestones
        if not (one.opens or one.closes or one.month)
    ]
    clean = [(printable(what), printable(said)) for what, said in rows]
    shown = table(("Élément", "Ce que care-kit n'a pas lu"), (2, 7), clean)
    told = "Ces manques sont les nôtres : vérifiez-les dans le texte officiel."
    return Section("Ce qui n'a pas été lu", (told,), (shown,))
