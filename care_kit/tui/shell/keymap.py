"""`touches.toml`: the user's own keys, checked before they are taken."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import tomli
from platformdirs import user_config_dir
from textual.keys import Keys

from care_kit.model.words.errors import InputError
from care_kit.tui.shell import keys
from care_kit.tui.shell.places import PLACES

FILE = "touches.toml"
MAX_BYTES = 64_000
_MODIFIERS = ("ctrl+", "shift+", "alt+")
_NAMES = {one.value for one in Keys} | {"space", "comma", "colon", "slash", "question_mark"}


def path() -> Path:
    """Where the file is looked for; it may not exist."""
    return Path(user_config_dir("care-kit", appauthor=False)) / FILE


def read(file: Path) -> dict[str, str]:
    """Keys by binding id, as `App.set_keymap` takes them; empty without a file.

    InputError, one sentence, for the first thing that cannot be taken.
    """
    if not file.is_file():
        return {}
    found = _table(file)
    for name, typed in found.items():
        _refuse(file, name, typed)
    mine = {name: str(typed) for name, typed in found.items()}
    _refuse_clashes(file, mine)
    return mine


def _table(file: Path) -> Mapping[str, object]:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise _error(file, "il est trop long")
        return tomli.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as cause:
        raise _error(file, "il ne peut pas être lu") from cause
    except tomli.TOMLDecodeError as cause:
        raise _error(file, f"ce n'est pas du TOML ({cause})") from cause


def _refuse(file: Path, name: str, typed: object) -> None:
    if name not in _known():
        raise _error(file, f"la commande « {name} » n'existe pas")
    if not isinstance(typed, str) or not typed.strip():
        raise _error(file, f"« {name} » attend une touche entre guillemets")
    for one in typed.split(","):
        if not _is_key(one.strip()):
            raise _error(file, f"« {name} » : la touche « {one.strip()} » est inconnue")


def _refuse_clashes(file: Path, mine: Mapping[str, str]) -> None:
    """Two commands of one screen never share a key, nor take the one that leads to a screen."""
    roads = {one.key: one.title for one in PLACES if one.key}
    for bindings in keys.BY_PLACE.values():
        taken = dict(roads)
        for one in (*bindings, *keys.APPLICATION):
            for key in mine.get(one.id or "", one.key).split(","):
                other = taken.setdefault(key.strip(), one.id or "")
                if other != one.id and {other, one.id} & mine.keys():
                    raise _error(
                        file, f"la touche « {key.strip()} » sert à « {other} » et « {one.id} »"
                    )


def _known() -> frozenset[str]:
    return frozenset(_ids())


def _ids() -> Iterator[str]:
    for bindings in (*keys.BY_PLACE.values(), keys.APPLICATION):
        yield from (one.id for one in bindings if one.id)


def _is_key(text: str) -> bool:
    bare = text
    for modifier in _MODIFIERS:
        bare = bare.removeprefix(modifier)
    return len(bare) == 1 or bare in _NAMES


def _error(file: Path, why: str) -> InputError:
    return InputError(
        f"Le fichier de touches « {file} » n'est pas pris en compte : {why}.",
        "Corrigez cette ligne ; les touches d'origine servent en attendant.",
    )
