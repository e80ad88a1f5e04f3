"""A file somebody else wrote, read only as far as it may go."""

from pathlib import Path

from care_kit.model.words.errors import InputError


def read_bounded(path: Path, max_bytes: int, next_step: str, remark: str = "") -> bytes:
    """The bytes of a file; InputError when it is absent, forbidden or larger than `max_bytes`.

    `next_step` and `remark` (the end of the sentence) are told when it is too large.
    """
    if not path.is_file():
        raise InputError(f"Le fichier « {path} » n'existe pas.", "Vérifiez le chemin.")
    try:
        with path.open("rb") as stream:
            raw = stream.read(max_bytes + 1)
    except OSError as cause:
        raise InputError(
            f"Le fichier « {path} » ne peut pas être lu.", "Vérifiez vos droits de lecture."
        ) from cause
    if len(raw) > max_bytes:
        raise InputError(f"« {path.name} » dépasse {max_bytes // 1_000_000} Mo{remark}.", next_step)
    return raw
