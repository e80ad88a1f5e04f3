"""All the faults of the content at once: form of each file, wording, links between files."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from care_kit import resources
from care_kit.catalog import consistency, content
from care_kit.catalog.authoring import wording
from care_kit.catalog.authoring.documents import KINDS, Document, documents, is_own, unread
from care_kit.model.words.errors import ContentError, InputError


@dataclass(frozen=True)
class Remark:
    """One thing to mend; `blocking` ones prevent the use, the others are advice."""

    blocking: bool
    file: str
    own: bool
    place: str
    mend: str


@dataclass(frozen=True)
class Review:
    """What was read and what is to be mended; `content` is None when it does not load.

    `links_seen` is false when a malformed file prevented the check of links between files.
    """

    remarks: tuple[Remark, ...]
    content: content.Content | None
    links_seen: bool

    @property
    def errors(self) -> tuple[Remark, ...]:
        """What prevents the use."""
        return tuple(one for one in self.remarks if one.blocking)

    @property
    def advice(self) -> tuple[Remark, ...]:
        """Typography and wording."""
        return tuple(one for one in self.remarks if not one.blocking)


def review(ruled: Collection[str]) -> Review:
    """Read everything in force; `ruled` are the ids of the checks that a rule decides."""
    read = list(documents())
    remarks = [*_forms(read), *_wording(read), *_unread()]
    if any(one.misfits for one in read):
        return Review(_once(remarks), None, links_seen=False)
    try:
        loaded = content.read()
    except ContentError as error:
        # Two files with one id, a selection of nothing: the sentence names file and place.
        remarks.append(Remark(True, "", False, "", error.sentence.removesuffix(".")))
        return Review(_once(remarks), None, links_seen=False)
    remarks += [*_links(loaded), *_rules(loaded, ruled)]
    return Review(_once(remarks), loaded, links_seen=True)


def content_folder(folder: Path) -> Path:
    """That folder, once sure that it is arranged as an overlay; InputError otherwise."""
    if not folder.is_dir():
        raise InputError(f"Le dossier « {folder} » n'existe pas.", "Vérifiez le chemin.")
    if not any((folder / kind).is_dir() for kind in KINDS):
        raise InputError(
            f"« {folder} » ne contient ni « questionnaires », ni « checks », ni « exports ».",
            "Donnez le dossier qui les contient ; il est rangé comme les contenus livrés.",
        )
    return folder


def _forms(read: list[Document]) -> Iterator[Remark]:
    for one in read:
        for place, mend in one.misfits:
            yield Remark(True, one.file, one.own, place, mend)


def _wording(read: list[Document]) -> Iterator[Remark]:
    for one in read:
        for place, mend in wording.faults(one):
            yield Remark(True, one.file, one.own, place, mend)
        for place, mend in wording.advice(one):
            yield Remark(False, one.file, one.own, place, mend)


def _unread() -> Iterator[Remark]:
    for file in unread():
        mend = "fichier ignoré : aucun contenu n'est lu à cet endroit"
        yield Remark(True, str(file), True, "fichier", mend)


def _links(loaded: content.Content) -> Iterator[Remark]:
    for where, place, mend in consistency.faults(loaded):
        file = loaded.origins.get(where, where)
        yield Remark(True, file, is_own(file), place, mend)


def _rules(loaded: content.Content, ruled: Collection[str]) -> Iterator[Remark]:
    for check_id in sorted(loaded.checks.keys() - set(ruled)):
        file = loaded.origins[check_id]
        own = is_own(file)
        mend = "aucune règle ne décide ce contrôle : il ne sera jamais testé"
        yield Remark(not own, file, own, "id", mend)
    for check_id in sorted(set(ruled) - loaded.checks.keys()):
        mend = f"la règle « {check_id} » n'a pas de contrôle de même identifiant"
        yield Remark(True, str(resources.data("checks")), False, "id", mend)


def _once(remarks: list[Remark]) -> tuple[Remark, ...]:
    """In file order; what two checks both see is told once."""
    told = {(one.file, one.place, one.mend): one for one in reversed(remarks)}
    return tuple(sorted(told.values(), key=lambda one: (one.file, one.place)))
