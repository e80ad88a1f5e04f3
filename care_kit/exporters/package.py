"""The sealed package: one zip holding one bag, written whole or not at all."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from care_kit.exporters import views
from care_kit.exporters.atomic import whole_file
from care_kit.exporters.bag import Item, write_bag
from care_kit.exporters.data import dossier_json, plain
from care_kit.exporters.html import page
from care_kit.exporters.material import Material
from care_kit.exporters.names import safe
from care_kit.exporters.redaction import redact
from care_kit.exporters.report import report
from care_kit.exporters.spreadsheet import workbook
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.formats.codec import canonical, canonical_plain, sha512
from care_kit.model.words.errors import PackageError
from care_kit.model.words.vocabulary import Confidence

CONTENTS = {
    "report": ("data/rapport.html", "le rapport complet"),
    "spreadsheet": ("data/dossier.xlsx", "les mêmes données, à filtrer dans un tableur"),
    "data": ("data/dossier.json", "les mêmes données, pour un programme"),
    "pieces": ("data/preuves/", "les pièces, rangées par sujet"),
    "readings": ("data/releves/", "les relevés des sondes : déclaration et constats"),
    "journal": ("data/journal.jsonl", "le journal chaîné de tout ce qui s'est passé"),
}
"""What each part of a profile writes in the package, and what it is for."""


def build_package(material: Material, profile: ExportProfile, destination: Path) -> Path:
    """Write the package and return its path.

    `destination` is the file to write, or an existing folder in which it takes its own name. A
    package that cannot be finished (PackageError) leaves nothing behind.
    """
    top = top_name(material, profile)
    target = destination / f"{top}.zip" if destination.is_dir() else destination
    with whole_file(target) as stream:
        _write(stream, material, profile, top)
    return target


def top_name(material: Material, profile: ExportProfile) -> str:
    """Name of the only folder of the package: FINESS, profile, day."""
    finess = material.state.establishment.lead.finess_ej
    return f"{finess}_{safe(profile.id)}_{material.made_at:%Y%m%d}"


def _write(stream: BinaryIO, material: Material, profile: ExportProfile, top: str) -> None:
    shown, in_clear = material, 0
    if profile.redacted:
        redaction = redact(material)
        shown, in_clear = redaction.material, redaction.journal_lines_in_clear
    write_bag(
        stream,
        top,
        _payload(material, shown, profile, in_clear),
        _readme(shown, profile, top),
        _info(material, profile),
    )


def _readme(shown: Material, profile: ExportProfile, top: str) -> bytes:
    contents = [words for part, words in CONTENTS.items() if part in profile.parts]
    return page("lisez-moi.html.j2", m=shown, profile=profile, top=top, contents=contents)


def _info(material: Material, profile: ExportProfile) -> list[tuple[str, str]]:
    establishment = material.state.establishment
    return [
        ("Source-Organization", establishment.name),
        ("External-Identifier", establishment.lead.finess_ej),
        ("Internal-Sender-Identifier", material.state.dossier_id),
        ("External-Description", profile.title),
        ("Bagging-Date", f"{material.made_at:%Y-%m-%d}"),
        ("Bag-Software-Agent", f"care-kit {material.version}"),
        ("Care-Kit-Profile", profile.id),
        ("Care-Kit-TLP", profile.tlp.value),
        ("Care-Kit-Redacted", "true" if profile.redacted else "false"),
        ("Care-Kit-Parts", " ".join(profile.parts)),
        ("Care-Kit-Journal-Head", material.state.head),
    ]


def _payload(
    material: Material, shown: Material, profile: ExportProfile, in_clear: int
) -> Iterator[Item]:
    """Every payload file; `shown` is what may be read, `material` gives bytes and hashes."""
    yield Item.of("data/bordereau.html", _slip(shown, profile, in_clear))
    if "report" in profile.parts:
        yield Item.of("data/rapport.html", report(shown, profile))
    if "spreadsheet" in profile.parts:
        yield Item.of("data/dossier.xlsx", workbook(shown, profile))
    if "data" in profile.parts:
        yield Item.of("data/dossier.json", dossier_json(shown, profile))
    if "journal" in profile.parts:
        lines = "".join(f"{line}\n" for line in material.journal)
        yield Item.of("data/journal.jsonl", lines.encode("utf-8"))
    if "pieces" in profile.parts:
        for row in views.pieces(shown.state):
            yield Item(row.path, partial(_blob, material, row.evidence.sha512, row.path))
    if "readings" in profile.parts:
        yield from _readings(material, shown, profile)


def _slip(shown: Material, profile: ExportProfile, in_clear: int) -> bytes:
    return page(
        "bordereau.html.j2",
        m=shown,
        profile=profile,
        programmes=views.objectives(shown),
        pieces=views.pieces(shown.state),
        readings=views.readings(shown),
        confidences=tuple(Confidence),
        contents=[words for part, (_, words) in CONTENTS.items() if part in profile.parts],
        fingerprint=views.fingerprint(shown.questionnaire),
        journal_lines_in_clear=in_clear,
    )


def _readings(material: Material, shown: Material, profile: ExportProfile) -> Iterator[Item]:
    for row in views.readings(shown):
        record = row.record
        original = canonical(material.statements[record.id])
        if sha512(original) != record.statement_sha512:
            raise _damaged(f"la déclaration du relevé {record.id}")
        findings = canonical_plain([plain(one) for one in row.findings])
        yield Item.of(f"{row.folder}/constats.json", findings)
        if profile.redacted:
            said = {**plain(row.statement), "original_sha512": record.statement_sha512}
            yield Item.of(f"{row.folder}/declaration.json", canonical_plain(said))
        else:
            yield Item.of(f"{row.folder}/declaration.json", original)
            path = f"{row.folder}/faits.gz"
            yield Item(path, partial(_blob, material, record.facts_sha512, path))


def _blob(material: Material, digest: str, path: str) -> bytes:
    content = material.blob(digest)
    if sha512(content) != digest:
        raise _damaged(f"le contenu destiné à « {path} »")
    return content


def _damaged(what: str) -> PackageError:
    return PackageError(
        f"Le paquet n'est pas fabriqué : {what} ne correspond plus à son empreinte.",
        "Reprenez une copie intègre du dossier, puis recommencez.",
    )
