"""The codes of a verification: one per kind of fault, stable, with what to do about it.

A program reads the code; `docs/fr/paquet.md` lists them. A code is never given another meaning.
"""

from enum import StrEnum

_ASK = "Demandez un nouvel envoi à l'expéditeur, par un canal connu."
_SIGN = "Ne vous fiez pas à cette signature ; demandez à l'établissement d'en refaire une."
_EXPLAIN = (
    "Ne retenez pas ce chiffre ; demandez à l'établissement d'exporter à nouveau son dossier."
)


class Code(StrEnum):
    """What kind of fault a problem is."""

    ZIP_UNREADABLE = "zip-unreadable"
    ZIP_ALTERED = "zip-altered"
    ZIP_TOP = "zip-top"
    FILE_ALTERED = "file-altered"
    FILE_MISSING = "file-missing"
    FILE_EXTRA = "file-extra"
    FILE_UNKNOWN = "file-unknown"
    FILE_UNREADABLE = "file-unreadable"
    FILE_TOO_LARGE = "file-too-large"
    BAG_INCOMPLETE = "bag-incomplete"
    BAG_DECLARATION = "bag-declaration"
    BAG_MANIFEST = "bag-manifest"
    BAG_OXUM = "bag-oxum"
    BAG_FETCH = "bag-fetch"
    BAG_SECOND_MANIFEST = "bag-second-manifest"
    JOURNAL_MISSING = "journal-missing"
    JOURNAL_BROKEN = "journal-broken"
    JOURNAL_EVENT = "journal-event"
    JOURNAL_MOMENT = "journal-moment"
    PIECE = "piece"
    READING = "reading"
    IDENTITY = "identity"
    PROFILE = "profile"
    CONTENT = "content"
    DATA_UNREADABLE = "data-unreadable"
    DATA_FORMAT = "data-format"
    REDACTION = "redaction"
    FINDING = "finding"
    FIGURE = "figure"
    DOCUMENT = "document"
    SIGNATURE = "signature"
    SLIP = "slip"
    TIMESTAMP = "timestamp"

    @property
    def mend(self) -> str:
        """What whoever received the package does next, in French."""
        return _MENDS.get(self, _ASK)


_MENDS = {
    Code.ZIP_TOP: "Extrayez le zip dans un dossier vide, puis vérifiez ce dossier.",
    Code.FILE_UNKNOWN: "Ne l'ouvrez pas ; demandez d'où il vient.",
    Code.FILE_EXTRA: "Ne l'ouvrez pas ; demandez d'où il vient.",
    Code.BAG_FETCH: "Ne suivez pas ces adresses ; demandez un paquet qui contient tout.",
    Code.BAG_SECOND_MANIFEST: "Demandez d'où vient ce fichier : care-kit n'en écrit pas.",
    Code.PROFILE: "Demandez le profil « examinateur » de care-kit.",
    Code.CONTENT: "Demandez avec quel contenu (questionnaires, contrôles) le dossier a été jugé.",
    Code.DATA_FORMAT: "Demandez un export refait avec la version actuelle de care-kit.",
    Code.IDENTITY: _EXPLAIN,
    Code.REDACTION: _EXPLAIN,
    Code.FINDING: _EXPLAIN,
    Code.FIGURE: _EXPLAIN,
    Code.DOCUMENT: _EXPLAIN,
    Code.SIGNATURE: _SIGN,
    Code.SLIP: _SIGN,
    Code.TIMESTAMP: _SIGN,
}
