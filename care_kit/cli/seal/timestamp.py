"""`care timestamp`: a third party's word on the date of a package."""

from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.seal.sign import Package, Tsa, sound
from care_kit.cli.terminal import output

_LARGEST = 1_000_000


def timestamp(
    package: Package,
    tsa: Tsa = "",
    request: Annotated[
        bool, typer.Option("--request", help="Écrit la demande X.tsq, à porter ailleurs.")
    ] = False,
    answer: Annotated[
        Path | None, typer.Option("--answer", help="La réponse .tsr rapportée.", show_default=False)
    ] = None,
) -> None:
    """Fait dater un paquet par un tiers (RFC 3161), signé ou non.

    Signé, le jeton est joint à X.p7s ; sinon il est écrit à côté du zip (X.tsr).
    """
    from care_kit.exporters.sealing import keys, stamps
    from care_kit.exporters.sealing.companions import Companions, tag_manifest
    from care_kit.model.words.errors import InputError

    if sum((bool(tsa), request, answer is not None)) != 1:
        raise InputError(
            "Dites comment dater.", "Donnez --tsa ADRESSE, ou --request, puis --answer X.tsr."
        )
    keys.require()
    sound(package)
    beside = Companions(package)
    signature = beside.signature.read_bytes() if beside.signature.is_file() else b""
    data = stamps.signed_value(signature) if signature else tag_manifest(package)
    query = stamps.request(data)
    if request:
        _write(beside.request, query)
        output.say("Portez-la sur un poste connecté ; rapportez la réponse avec --answer.")
        return
    found = stamps.asked(tsa, query) if tsa else _read(answer)
    if signature:
        _write(beside.signature, stamps.stamped(signature, found))
    else:
        stamps.token(found, data)
        _write(beside.stamp, found)


def _read(answer: Path | None) -> bytes:
    from care_kit.model.words.errors import InputError

    if answer is None or not answer.is_file() or answer.stat().st_size > _LARGEST:
        raise InputError(f"La réponse « {answer} » n'est pas là.", "Donnez le fichier .tsr.")
    return answer.read_bytes()


def _write(path: Path, content: bytes) -> None:
    from care_kit.station.writing import write_file

    write_file(path, content, force=True)
    output.say(f"Écrit : {path}")
