"""Other tools' results in a dossier: kept with the file they come from, and read back."""

from uuid import uuid4

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import ThirdPartyResultAdded
from care_kit.dossier.kept import Kept
from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.formats import codec


def add_third_party(
    dossier: Dossier, source: bytes, result: ThirdPartyResult
) -> ThirdPartyResultAdded:
    """Keep the file of another tool with what was read in it."""
    told = codec.canonical(result)
    event = ThirdPartyResultAdded(
        result_id=str(uuid4()),
        tool=result.tool,
        source_sha512=codec.sha512(source),
        result_sha512=codec.sha512(told),
    )
    dossier.append(event, source, told)
    return event


def third_party_results(dossier: Kept) -> tuple[ThirdPartyResult, ...]:
    """The last report given by each tool on each domain, in the order they were given."""
    latest: dict[tuple[str, str], ThirdPartyResult] = {}
    for record in dossier.state.third_party:
        result = codec.decode(ThirdPartyResult, dossier.blob(record.result_sha512))
        latest[result.tool, result.domain.casefold()] = result
    return tuple(latest.values())
