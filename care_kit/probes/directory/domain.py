"""Reads one domain search by search, keeping what answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from ldap3.core.exceptions import LDAPException, LDAPNoSuchObjectResult

from care_kit.model.facts.directory import DirectoryEntry, DirectoryFacts, dns_name
from care_kit.probes.directory import failures, reader
from care_kit.probes.directory.entry import MalformedAnswerError
from care_kit.probes.directory.pages import EndlessAnswerError
from care_kit.probes.directory.searches import Search, root_search, searches
from care_kit.probes.directory.target import Target

Progress = Callable[[str, int], None]
ON_DEMAND = "lecture interrompue à la demande de l'utilisateur."
_PROGRESS_STEP = 200
_NO_DESCRIPTION: tuple[type[Exception], ...] = (LDAPException, OSError, KeyError)
_CUT_SHORT: tuple[type[Exception], ...] = (
    LDAPException,
    OSError,
    EndlessAnswerError,
    MalformedAnswerError,
)


def read_domain(
    connection: Any, target: Target, started: datetime, progress: Progress
) -> tuple[DirectoryFacts, tuple[str, ...]]:
    """Every search in turn: the facts, and the text of the searches made.

    An interruption from the keyboard ends the reading and keeps what was read. ProbeError when
    the server does not even describe itself.
    """
    try:
        root = reader.root(connection)
        domain = root["defaultNamingContext"][0]
        configuration = root["configurationNamingContext"][0]
        forest = root["rootDomainNamingContext"][0]
    except _NO_DESCRIPTION as cause:
        raise failures.cut_short(target) from cause
    entries: list[DirectoryEntry] = []
    unreadable: list[str] = []
    commands = [root_search()]
    asked = tuple(searches(domain, configuration, forest))
    for rank, search in enumerate(asked):
        commands.append(str(search))
        try:
            unreadable.extend(_run(connection, search, entries, progress))
        except KeyboardInterrupt:
            connection.strategy.close()  # the answer under way is not waited for
            unreadable.extend(_left_out(asked[rank:]))
            break
    facts = DirectoryFacts(
        taken_at=server_moment(root) or started,
        domain_dn=domain,
        configuration_dn=configuration,
        forest_dns=dns_name(forest),
        root=root,
        entries=tuple(entries),
        unreadable=tuple(unreadable),
    )
    return facts, tuple(commands)


def server_moment(root: Mapping[str, Sequence[str]]) -> datetime | None:
    """The directory's own time (UTC): ages are counted by it, never by the station's clock."""
    for text in root.get("currentTime", ()):
        with suppress(ValueError):
            return datetime.strptime(text, "%Y%m%d%H%M%S.0Z").replace(tzinfo=UTC)
    return None


def _run(
    connection: Any, search: Search, entries: list[DirectoryEntry], progress: Progress
) -> list[str]:
    """Add what the search finds to `entries`; the sentences that say what it did not."""
    count = 0
    progress(search.section, count)
    try:
        for entry in reader.entries(connection, search):
            entries.append(entry)
            count += 1
            if count % _PROGRESS_STEP == 0:
                progress(search.section, count)
    except LDAPNoSuchObjectResult:
        if not search.optional:
            return [f"{search.section} : la base {search.base} n'existe pas ou n'est pas lisible."]
    except _CUT_SHORT as cause:
        why = failures.why_cut(cause)
        return [f"{search.section} : lecture interrompue après {count} objets ({why})."]
    progress(search.section, count)
    return []


def _left_out(rest: Iterable[Search]) -> Iterator[str]:
    """The sentences of the searches that the user did not wait for."""
    for section in dict.fromkeys(search.section for search in rest):
        yield f"{section} : {ON_DEMAND}"
