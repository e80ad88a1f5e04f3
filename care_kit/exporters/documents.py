"""Every file of a package: those made from a material, and those stored bytes are copied to.

The receiver makes the first again and compares; the hash of the second is in the journal.
"""

from collections.abc import Iterator

from care_kit.exporters import views
from care_kit.exporters.bag import README
from care_kit.exporters.data import dossier_json, plain
from care_kit.exporters.html import page
from care_kit.exporters.material import Material
from care_kit.exporters.names import safe
from care_kit.exporters.report import report
from care_kit.exporters.spreadsheet import workbook
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.formats.codec import canonical_plain
from care_kit.model.words.vocabulary import Confidence

SLIP = "data/bordereau.html"
JOURNAL = "data/journal.jsonl"
OWN = "data/contenu/"
CONTENTS = {
    "report": ("data/rapport.html", "le rapport complet"),
    "spreadsheet": ("data/dossier.xlsx", "les mêmes données, à filtrer dans un tableur"),
    "data": ("data/dossier.json", "les mêmes données, pour un programme"),
    "pieces": ("data/preuves/", "les pièces, rangées par sujet"),
    "readings": ("data/releves/", "les relevés des sondes : déclaration et constats"),
    "journal": (JOURNAL, "le journal chaîné de tout ce qui s'est passé"),
}
"""What each part of a profile writes in the package, and what it is for."""


def top_name(material: Material, profile: ExportProfile) -> str:
    """Name of the only folder of the package: FINESS, profile, day."""
    finess = material.state.establishment.lead.finess_ej
    return f"{finess}_{safe(profile.id)}_{material.made_at:%Y%m%d}"


def info(material: Material, profile: ExportProfile) -> list[tuple[str, str]]:
    """Lines of bag-info.txt, `Payload-Oxum` left out."""
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
        *(("Care-Kit-Journal-Head", head) for head in material.state.heads),
    ]


def readme(shown: Material, profile: ExportProfile) -> bytes:
    """`LISEZ-MOI.html`: how to read and check the package without any tool."""
    contents = [words for part, words in CONTENTS.items() if part in profile.parts]
    top = top_name(shown, profile)
    return page("lisez-moi.html.j2", m=shown, profile=profile, top=top, contents=contents)


def made(shown: Material, profile: ExportProfile) -> Iterator[tuple[str, bytes]]:
    """Documents made from the material (already redacted when the profile asks for it)."""
    yield README, readme(shown, profile)
    yield SLIP, slip(shown, profile)
    if "report" in profile.parts:
        yield CONTENTS["report"][0], report(shown, profile)
    if "spreadsheet" in profile.parts:
        yield CONTENTS["spreadsheet"][0], workbook(shown, profile)
    if "data" in profile.parts:
        yield CONTENTS["data"][0], dossier_json(shown, profile)
    if "readings" in profile.parts:
        yield from _readings(shown, profile)


def stored(shown: Material, profile: ExportProfile) -> Iterator[tuple[str, str]]:
    """Paths of the stored bytes the package carries, with their SHA-512."""
    if "pieces" in profile.parts:
        for piece in views.pieces(shown.state):
            if not (profile.redacted and piece.evidence.collection):
                yield piece.path, piece.evidence.sha512
    if "readings" in profile.parts and not profile.redacted:
        for row in views.readings(shown):
            yield f"{row.folder}/declaration.json", row.record.statement_sha512
            yield f"{row.folder}/faits.gz", row.record.facts_sha512


def given(shown: Material, profile: ExportProfile) -> Iterator[tuple[str, bytes]]:
    """The journal, and the content files the material was judged with that are not ours."""
    if "journal" in profile.parts:
        lines = "".join(f"{line}\n" for line in shown.journal)
        yield JOURNAL, lines.encode("utf-8")
    if "data" in profile.parts:
        yield from ((f"{OWN}{path}", raw) for path, raw in shown.own_files.items())


def slip(shown: Material, profile: ExportProfile) -> bytes:
    """`bordereau.html`: who, what, how much, and the fingerprints, on one page."""
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
    )


def _readings(shown: Material, profile: ExportProfile) -> Iterator[tuple[str, bytes]]:
    for row in views.readings(shown):
        findings = canonical_plain([plain(one) for one in row.findings])
        yield f"{row.folder}/constats.json", findings
        if profile.redacted:
            said = {**plain(row.statement), "original_sha512": row.record.statement_sha512}
            yield f"{row.folder}/declaration.json", canonical_plain(said)
