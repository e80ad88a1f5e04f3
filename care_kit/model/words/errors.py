"""Every failure a user can meet: one class per kind, one French sentence, one next step."""

INCOMPLETE = 9
"""Exit code of a command that kept an incomplete reading, whatever made it."""


class CareError(Exception):
    """A failure told to the user as `sentence` followed by `next_step`, never as a traceback.

    `exit_code` is what the process returns: 1 is kept for "the answer is no" (pre-check,
    verification), so failures start at 2.
    """

    exit_code = 2

    def __init__(self, sentence: str, next_step: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step


class InputError(CareError):
    """What the user typed or the file they gave cannot be used."""


class ContentError(CareError):
    """A shipped or overlay content file (TOML) is malformed."""

    exit_code = 3


class DossierError(CareError):
    """The dossier file cannot be opened, is damaged, or was made by a newer version."""

    exit_code = 4


class ProbeError(CareError):
    """A probe could not reach, authenticate to, or read its target."""

    exit_code = 5


class ScopeError(CareError):
    """The scope is missing, expired, unsigned, edited after signature, or too large."""

    exit_code = 6


class PackageError(CareError):
    """A package cannot be built, opened, or trusted."""

    exit_code = 7


class ProgramError(CareError):
    """care-kit itself failed; a report without personal data was written when one could be."""

    exit_code = 8
