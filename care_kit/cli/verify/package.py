"""`care verify`: can these packages be believed?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from care_kit.cli.terminal import options, output
from care_kit.model.words.errors import INCOMPLETE, PackageError

if TYPE_CHECKING:
    from care_kit.review.verification import Verification

SOUND, WRONG, RESERVED = 0, 1, INCOMPLETE
_WORST_FIRST = (PackageError.exit_code, WRONG, RESERVED, SOUND)


def verify(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FICHIERS", help="Paquets .zip ou dossiers extraits.", show_default=False
        ),
    ],
    as_json: options.Json = False,
    trust: Annotated[
        list[Path] | None,
        typer.Option("--trust", help="Racine de confiance, répétable.", show_default=False),
    ] = None,
    crls: Annotated[
        list[Path] | None,
        typer.Option("--crl", help="Liste de révocation (CRL), répétable.", show_default=False),
    ] = None,
) -> None:
    """Vérifie des paquets reçus, et refait leur évaluation.

    Code de sortie : 0 si tout est conforme, 1 si un paquet ne l'est pas (chaque différence est
    nommée), 7 si l'un est illisible ou dangereux, 9 si un document n'a pas pu être refait.
    """
    from care_kit.review.signature.trust import Trust
    from care_kit.review.verify import verify as verified

    given = Trust(tuple(trust or ()), tuple(crls or ()))
    codes: list[int] = []
    told: list[dict[str, Any]] = []
    for file in files:
        try:
            found = verified(file, given)
        except PackageError as refused:
            codes.append(refused.exit_code)
            told.append({"file": str(file), "exit": refused.exit_code, **_refusal(refused)})
            if not as_json:
                output.failed(refused)
            continue
        codes.append(_code(found))
        told.append({"file": str(file), "exit": codes[-1], **_as_data(found)})
        if not as_json:
            _as_text(file, found, several=len(files) > 1)
    if as_json:
        from care_kit.model.formats.codec import canonical_plain

        output.say(canonical_plain({"packages": told}).decode("utf-8"))
    raise typer.Exit(next(code for code in _WORST_FIRST if code in codes))


def _code(found: "Verification") -> int:
    if not found.ok:
        return WRONG
    return RESERVED if found.reserves else SOUND


def _as_text(file: Path, found: "Verification", *, several: bool) -> None:
    from care_kit.review.told import lines

    if several:
        output.title(str(file))
    for mark, sentence in lines(found):
        if mark:
            output.paragraph(f"{mark} {sentence}")
        else:
            output.say()
            output.paragraph(sentence)


def _refusal(refused: PackageError) -> dict[str, Any]:
    return {"ok": False, "refused": {"sentence": refused.sentence, "mend": refused.next_step}}


def _as_data(found: "Verification") -> dict[str, Any]:
    """Places, codes, sentences and mends, for a program."""
    from dataclasses import asdict

    return {
        "ok": found.ok,
        "sentence": found.sentence,
        "files": found.files,
        "summary": asdict(found.summary),
        "recomputed": dict(found.recomputed),
        "reserves": list(found.reserves),
        "notes": list(found.notes),
        "signed": list(found.signed),
        "problems": [{**asdict(one), "mend": one.code.mend} for one in found.problems],
    }
