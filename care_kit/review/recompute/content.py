"""The content a package was judged with: ours, under the files it carries, and nothing else."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from care_kit import __version__, resources
from care_kit.catalog import consistency
from care_kit.catalog.content import Content, read
from care_kit.catalog.identity import identity
from care_kit.exporters.documents import OWN
from care_kit.model.content.identity import ContentIdentity
from care_kit.model.words.errors import CareError
from care_kit.model.words.text import shown
from care_kit.review.codes import Code
from care_kit.review.recompute.printed import Said, UnreadableError
from care_kit.review.verification import Contents, Problem

LARGEST_OWN = 4_000_000
_TEMPLATE, _TEMPLATES = "template/", "templates/"


def own_files(contents: Contents) -> dict[str, bytes]:
    """Content files of the hospital that the package carries, by path."""
    return {
        path.removeprefix(OWN): contents.load(path, LARGEST_OWN)
        for path in sorted(contents.digests)
        if path.startswith(OWN)
    }


@contextmanager
def content_with(carried: Mapping[str, bytes]) -> Iterator[Content]:
    """Our content under these files, this station's own left aside, within the block.

    UnreadableError when they do not fit.
    """
    with tempfile.TemporaryDirectory(prefix="care-kit-") as folder:
        if not carried:
            with resources.overlaid(Path(folder)):
                yield _shipped()
            return
        for path, raw in carried.items():
            file = Path(folder, *path.split("/"))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        with resources.overlaid(Path(folder)):
            try:
                content = read()
                consistency.verify(content)
            except CareError as cause:
                why = f"Le contenu joint ne peut pas être relu. {cause.sentence}"
                raise UnreadableError(Problem(OWN, why, Code.CONTENT)) from cause
            yield content


@cache
def _shipped() -> Content:
    """Our own content: the caller has put any overlay aside."""
    return read()


@cache
def _shipped_identity() -> ContentIdentity:
    return identity(_shipped(), {})


def identity_here(content: Content, carried: Mapping[str, bytes]) -> ContentIdentity:
    """The identity of the content judged with, our own templates included."""
    return identity(content, carried) if carried else _shipped_identity()


def identity_of(ours: ContentIdentity, said: Said) -> ContentIdentity:
    """This identity, with the templates the package says it was printed with."""
    templates = {
        key: value
        for key, value in said.content.fingerprints.items()
        if key.startswith(_TEMPLATE) and key in ours.fingerprints
    }
    own = tuple(one for one in said.content.own if one.path.startswith(_TEMPLATES))
    return ContentIdentity({**ours.fingerprints, **templates}, ours.own + own, ours.changes)


def own_templates(said: Said) -> tuple[str, ...]:
    """Names of the document templates that are the hospital's own."""
    return tuple(
        shown(one.path.removeprefix(_TEMPLATES))
        for one in said.content.own
        if one.path.startswith(_TEMPLATES) and one.replaces
    )


def unknown_content(identity: ContentIdentity, said: Said) -> list[str]:
    """What the package was judged with and that is not what stands here, by kind and id."""
    ours, theirs = identity.fingerprints, said.content.fingerprints
    return [
        key
        for key in sorted(ours.keys() | theirs.keys())
        if not key.startswith(_TEMPLATE) and ours.get(key) != theirs.get(key)
    ]


def same_version(said: Said) -> bool:
    """True when this very version of care-kit says it made the package."""
    return said.version == __version__
