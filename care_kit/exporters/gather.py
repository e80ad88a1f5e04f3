"""From an open dossier and its situation to the material every exporter works on."""

from datetime import UTC, datetime

from care_kit import __version__
from care_kit.assessment.readings.progress import exposure_progress
from care_kit.assessment.standing.situation import Situation
from care_kit.catalog.identity import identity, own_files
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.third_party import third_party_results
from care_kit.exporters.material import Material
from care_kit.model.formats.pseudonym import digester


def material(dossier: Dossier, now: Situation, applied_for: str = "") -> Material:
    """Everything the documents need; the clock is read here and nowhere below.

    Programmes are those the establishment follows, and `applied_for` when it is named.
    """
    wanted = {*now.state.programmes, applied_for}
    carried = own_files()
    return Material(
        state=now.state,
        questionnaire=now.questionnaire,
        programmes={key: one for key, one in now.content.programmes.items() if key in wanted},
        checks=now.content.checks,
        assessment=now.assessment,
        objectives=now.objectives,
        remarks=now.remarks,
        findings=now.findings,
        statements=now.statements,
        journal=dossier.journal(),
        digest_of=digester(dossier.pseudonym_key),
        made_at=datetime.now(UTC).replace(microsecond=0),
        judged_on=now.today,
        judged_readings=tuple(sorted(one.judged.id for one in now.choices)),
        version=__version__,
        opened=dossier.opened,
        content=now.content,
        identity=identity(now.content, carried),
        own_files=carried,
        unreadable=now.unreadable,
        progress=exposure_progress(dossier, now.content, now.today),
        third_party=third_party_results(dossier),
    )
