"""Why a file of another tool is not imported: file, place, then what to do."""

from care_kit.model.words.errors import InputError
from care_kit.model.words.text import shown


def refused(file: str, why: str, next_step: str) -> InputError:
    """The error for a whole file; `why` completes « le fichier … »."""
    return InputError(f"Le fichier « {shown(file)} » {why}.", next_step)


def malformed(file: str, place: str, why: str) -> InputError:
    """The error for one place of a file; `why` is a short French clause."""
    return InputError(
        f"Dans « {shown(file)} », {shown(place)} : {why}.",
        "Reprenez le fichier tel que l'outil l'a écrit, sans le rouvrir dans un tableur.",
    )
