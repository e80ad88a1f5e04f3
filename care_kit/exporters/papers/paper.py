"""Each of the three papers, from a redacted material: the essential first, annexes last."""

from care_kit.assessment.programme.funding import funding
from care_kit.exporters.material import Material
from care_kit.exporters.papers import common, essential, money, objectives
from care_kit.exporters.papers.shape import Paper, Section, as_printed
from care_kit.model.content.programme import Programme
from care_kit.model.results.funding_file import FundingFile, Stage
from care_kit.model.words.french import day
from care_kit.model.words.text import printable
from care_kit.model.words.vocabulary import Tlp

TITLES = {
    Stage.APPLICATION: "Dossier de candidature",
    Stage.DECLARATION: "Déclaration d'atteinte des objectifs",
    Stage.PAYMENT: "Demande de paiement",
}
_ATTESTED = {
    Stage.APPLICATION: "Le représentant légal atteste l'exactitude des éléments ci-dessus.",
    Stage.DECLARATION: "Le représentant légal atteste que les objectifs déclarés atteints le sont, "
    "et que les pièces citées en font la preuve.",
    Stage.PAYMENT: "Le représentant légal atteste que ces dépenses ont été engagées par "
    "l'établissement pour ces objectifs, et qu'aucune autre aide ne les a déjà couvertes.",
}
_LETTERS = "ABCDEFGH"


def paper(material: Material, programme: Programme, stage: Stage) -> Paper:
    """The paper of `stage` for one programme: page one, body, signature, annexes."""
    file = funding(programme, material.state, material.objectives[programme.id], stage)
    first = essential.essential(material, programme, file)
    signed = common.signature(material, _ATTESTED[stage])
    body = (first, *_body(material, programme, file), signed)
    annexes = _annexes(material, programme, file)
    return as_printed(
        Paper(
            title=TITLES[stage],
            subtitle=printable(programme.title),
            establishment=printable(material.state.establishment.name),
            tlp=Tlp.AMBER.value,
            made_on=day(material.made_at.date()),
            sections=(
                *(_titled(one, f"{rank}.") for rank, one in enumerate(body, 1)),
                *(
                    _titled(one, f"Annexe {letter} :")
                    for letter, one in zip(_LETTERS, annexes, strict=False)
                ),
            ),
            warnings=essential.warnings(material, programme),
        )
    )


def _body(material: Material, programme: Programme, file: FundingFile) -> tuple[Section, ...]:
    """Objectives, then pieces, then money."""
    pieces = objectives.pieces(material, programme)
    match file.stage:
        case Stage.APPLICATION:
            shown = objectives.objectives(material, programme)
            return shown, pieces, money.spending(programme, file)
        case Stage.DECLARATION:
            return objectives.reached(material, programme), pieces
        case Stage.PAYMENT:
            return (
                objectives.summary(material, programme),
                money.invoices(material, file),
                money.asked(file),
                money.spending(programme, file),
            )


def _annexes(material: Material, programme: Programme, file: FundingFile) -> tuple[Section, ...]:
    """Identity, programme, measures, sources: what an examiner looks up."""
    measured = (common.assessment(material), common.readings(material))
    return (
        common.applicant(material),
        common.programme_section(programme),
        *(() if file.stage is Stage.PAYMENT else measured),
        common.sources(programme),
    )


def _titled(section: Section, mark: str) -> Section:
    from dataclasses import replace

    return replace(section, title=f"{mark} {section.title}")
