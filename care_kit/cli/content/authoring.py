"""`care content`: tools for those who write questionnaires, programmes and checks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.catalog.authoring.diff import Change
    from care_kit.catalog.authoring.review import Remark, Review

To = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="DOSSIER",
        show_default=False,
        help="Dossier de contenus où écrire ; par défaut, votre surcouche.",
    ),
]


def validate(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DOSSIER",
            help="Dossier de contenus à valider ; par défaut, votre surcouche.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Montre aussi les remarques sur les contenus livrés.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Liste toutes les erreurs et remarques des contenus.

    Code de sortie : 0 s'il n'y a pas d'erreur, 3 sinon. Une remarque n'est pas une erreur.
    """
    from care_kit.model.words.errors import ContentError
    from care_kit.model.words.french import counted

    found = _reviewed(folder)
    if as_json:
        _review_json(found)
    else:
        _review_text(found, every)
    if found.errors:
        raise ContentError(
            f"{counted(len(found.errors), 'erreur')} dans les contenus.",
            "Corrigez les fichiers nommés, puis relancez « care content validate ».",
        )


def show(
    content_id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Indicateur, objectif, contrôle ou profil.", show_default=False
        ),
    ],
) -> None:
    """Affiche un contenu en entier, avec sa source et son fichier."""
    from care_kit.catalog import content
    from care_kit.catalog.authoring.finding import find
    from care_kit.cli.texts import content as content_text

    content_text.whole(find(content.read(), content_id))


def new(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="NATURE",
            help="indicator, questionnaire, programme ou check.",
            show_default=False,
        ),
    ],
    new_id: Annotated[str, typer.Option("--id", help="Identifiant.", show_default=False)],
    questionnaire: Annotated[
        str, typer.Option(help="Pour un indicateur : le questionnaire.", show_default=False)
    ] = "",
    to: To = "",
) -> None:
    """Prépare un fichier commenté à compléter.

    « --to - » l'affiche au lieu de l'écrire.
    """
    from care_kit.catalog import content
    from care_kit.catalog.authoring.skeletons import Kind, skeleton
    from care_kit.model.words.errors import InputError

    if kind not in set(Kind):
        raise InputError(
            f"« {kind} » n'est pas une nature de contenu.", f"Choisissez parmi : {', '.join(Kind)}."
        )
    with writing_to("" if to == "-" else to) as root:
        draft = skeleton(Kind(kind), new_id, content.read(), options.today(), questionnaire)
        if to == "-":
            for line in draft.text.splitlines():
                output.say(line)
        else:
            written(root / draft.path, draft.text)


def diff(
    old: Annotated[
        Path, typer.Argument(metavar="ANCIEN", help="Fichier ou dossier.", show_default=False)
    ],
    new_one: Annotated[
        Path, typer.Argument(metavar="NOUVEAU", help="Fichier ou dossier.", show_default=False)
    ],
    as_json: options.Json = False,
) -> None:
    """Compare deux états d'un contenu, identifiant par identifiant."""
    from dataclasses import asdict

    from care_kit.catalog.authoring.diff import compare
    from care_kit.model.formats.codec import canonical_plain

    changes = compare(old, new_one)
    if as_json:
        output.say(canonical_plain([asdict(one) for one in changes]).decode("utf-8"))
    else:
        _changes_text(changes)


def fingerprint(as_json: options.Json = False) -> None:
    """Donne l'empreinte de chaque questionnaire en vigueur."""
    from dataclasses import asdict

    from care_kit.catalog import content
    from care_kit.catalog.authoring.fingerprint import fingerprints
    from care_kit.model.formats.codec import canonical_plain

    found = fingerprints(content.read().questionnaires.values())
    if as_json:
        output.say(canonical_plain([asdict(one) for one in found]).decode("utf-8"))
        return
    for one in found:
        output.say(f"{one.sha256}  {one.id} version {one.version}")


@contextmanager
def writing_to(folder: str) -> Iterator[Path]:
    """The content folder to write in; within the block it is the overlay in force."""
    from care_kit import resources

    if not folder:
        yield resources.overlay_path("questionnaires").parent
        return
    with resources.overlaid(Path(folder)):
        yield Path(folder)


def written(file: Path, text: str) -> None:
    """Write a new content file, then tell what is left to mend in it."""
    from care_kit.station.writing import write_new

    write_new(file, text.encode("utf-8"))
    output.say(f"Écrit : {file}")
    remarks = [one for one in _reviewed(None).remarks if Path(one.file or file) == file]
    if not remarks:
        output.say("Ce fichier est valide.")
        return
    output.say("Reste à reprendre dans ce fichier :")
    for one in remarks:
        output.paragraph(f"{one.place} : {one.mend}.", "  ")


def _reviewed(folder: Path | None) -> "Review":
    from contextlib import nullcontext

    from care_kit import resources
    from care_kit.catalog.authoring.review import content_folder, review
    from care_kit.rules import directory, exposure

    ruled = directory.rule_ids() | exposure.rule_ids()
    with resources.overlaid(content_folder(folder)) if folder else nullcontext():
        return review(ruled)


def _review_text(found: "Review", every: bool) -> None:
    from care_kit.model.words.french import counted

    _by_file("Erreurs", found.errors)
    shown = [one for one in found.advice if one.own or every]
    _by_file("Remarques (typographie et rédaction)", shown)
    hidden = len(found.advice) - len(shown)
    if hidden:
        output.say(f"{counted(hidden, 'remarque')} sur les contenus livrés : --all les montre.")
    if not found.links_seen:
        output.say(
            "Les liens entre fichiers n'ont pas été vérifiés : corrigez d'abord ces erreurs."
        )
    if found.content is not None and not found.errors:
        if every:
            _unquestioned()
        _summary(found)


def _unquestioned() -> None:
    from care_kit.catalog.without_question import reasons

    output.title("Contrôles qui ne bornent aucune question")
    for check, reason in reasons().items():
        output.paragraph(f"{check} : {reason}")
    output.say()


def _summary(found: "Review") -> None:
    content = found.content
    assert content is not None  # noqa: S101 - the caller looked
    output.say(
        f"Contenus valides : {len(content.questionnaires)} questionnaires "
        f"({len(content.indicators)} indicateurs), {len(content.programmes)} programmes, "
        f"{len(content.checks)} contrôles, {len(content.profiles)} profils d'export."
    )


def _by_file(title: str, remarks: "Sequence[Remark]") -> None:
    if not remarks:
        return
    output.title(f"{title} : {len(remarks)}")
    file = ""
    for one in remarks:
        if one.file != file:
            file = one.file
            output.say(file)
        output.paragraph(f"{one.place} : {one.mend}." if one.place else f"{one.mend}.", "  ")
    output.say()


def _review_json(found: "Review") -> None:
    from dataclasses import asdict

    from care_kit.model.formats.codec import canonical_plain

    plain = {
        "errors": [asdict(one) for one in found.errors],
        "advice": [asdict(one) for one in found.advice],
        "links_seen": found.links_seen,
    }
    output.say(canonical_plain(plain).decode("utf-8"))


def _changes_text(changes: "Sequence[Change]") -> None:
    from collections import Counter

    rows = [
        (one.id, one.became.label, ", ".join(one.fields))
        for one in changes
        if one.fields or one.became in ("new", "gone")
    ]
    if rows:
        output.table(("Identifiant", "Devenir", "Champs changés"), rows)
        output.say()
    counts = Counter(one.became for one in changes)
    output.say(" ; ".join(f"{became.label} : {count}" for became, count in counts.items()) + ".")
