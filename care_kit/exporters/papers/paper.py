"""Each of the three papers, from a redacted material."""

from care_kit.assessment.programme.funding import funding
from care_kit.exporters.material import Material
from care_kit.exporters.papers import common, money, objectives
from care_kit.exporters.papers.shape import Paper, Section
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


def paper(material: Material, programme: Programme, stage: Stage) -> Paper:
    """The paper of `stage` for one programme, its sections numbered."""
    file = funding(programme, material.state, material.objectives[programme.id], stage)
    sections = _sections(material, programme, file)
    return Paper(
        title=TITLES[stage],
        subtitle=printable(programme.title),
        establishment=printable(material.state.establishment.name),
        tlp=Tlp.AMBER.value,
        made_on=day(material.made_at.date()),
        sections=tuple(_numbered(one, rank) for rank, one in enumerate(sections, 1)),
    )


def _sections(material: Material, programme: Programme, file: FundingFile) -> tuple[Section, ...]:
    opening = (common.applicant(material), common.programme_section(programme))
    closing = (
        common.signature(material, _ATTESTED[file.stage]),
        common.sources(programme),
    )
    match file.stage:
        case Stage.APPLICATION:
            body: tuple[Section, ...] = (
                common.assessment(material),
                objectives.objectives(material, programme),
                objectives.pieces(material, programme),
                common.readings(material),
                money.spending(programme, file),
            )
        case Stage.DECLARATION:
            body = (
                objectives.reached(material, programme),
                objectives.pieces(material, programme),
                common.readings(material),
                common.assessment(material),
            )
        case Stage.PAYMENT:
            body = (
                money.asked(file),
                money.invoices(material, file),
                money.spending(programme, file),
                objectives.summary(material, programme),
            )
    return (*opening, *body, *closing)


def _numbered(section: Section, rank: int) -> Section:
    from dataclasses import replace

    return replace(section, title=f"{rank}. {section.title}")
