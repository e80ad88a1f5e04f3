"""A CaRE D1 exposure audit in the OPSSIES v013 format, from a dossier and one reading.

Prepared, never sent: only an onboarded provider has a box to drop it in. What the dossier cannot
know is given by the user; the level most of all, since the rule behind it is not public.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from care_kit.model.dossier.establishment import LegalEntity
from care_kit.model.dossier.sirene import siret
from care_kit.model.dossier.state import DossierState
from care_kit.model.facts.exposure import ExposureFacts
from care_kit.model.facts.hosts import is_address
from care_kit.model.formats.opssies import (
    ANALYSIS_TYPE,
    ANS_NAME,
    ANS_SHORT,
    ANS_SIREN,
    DATE_FORMAT,
    DEFAULT_CONTEXT,
    EVENT_TYPE,
    TLP,
    ActorType,
    Assets,
    AuditEvent,
    CommonActor,
    DateType,
    Document,
    EventActor,
    Events,
    FunctionalContext,
    Identifier,
    IdType,
    Moment,
    Name,
    NameType,
    Outcome,
    Role,
)
from care_kit.model.words.errors import InputError
from care_kit.station.writing import write_file

_COMPANY = re.compile(r"[A-Z0-9]{1,40}")


@dataclass(frozen=True)
class Users:
    """Who uses what was audited, as the establishment declares it."""

    count: int
    personal_data: bool
    health_data: bool


@dataclass(frozen=True)
class Declared:
    """What no reading tells: the provider, the level it gives, the entity audited, the users.

    `company` is the end of the name of the provider's box; `entity` a FINESS of a legal entity of
    the dossier, empty for the lead one.
    """

    company: str
    company_name: str
    siret: str
    level: int
    entity: str = ""
    users: Users | None = None


def write_opssies(
    state: DossierState,
    facts: ExposureFacts,
    ended: datetime,
    declared: Declared,
    folder: Path,
    now: datetime,
    *,
    force: bool = False,
) -> Path:
    """Write `SOCIETE-D1-AAAAMMJJ-HHMMSS.json` in `folder`; InputError when it would be void.

    `ended` and `now` are aware; the file bears this station's local time.
    """
    company = declared.company.strip().upper()
    if not _COMPANY.fullmatch(company):
        raise InputError(
            f"« {declared.company} » ne peut pas commencer le nom du fichier OPSSIES.",
            "Donnez la fin du nom de la boîte du prestataire : lettres sans accent et chiffres.",
        )
    document = Document(events=_events(state, facts, ended, declared))
    text = document.model_dump_json(by_alias=True, exclude_none=True, indent=2)
    target = folder / f"{company}-D1-{now.astimezone().strftime(DATE_FORMAT)}.json"
    return write_file(target, text.encode("utf-8") + b"\n", force=force)


def _events(
    state: DossierState, facts: ExposureFacts, ended: datetime, declared: Declared
) -> Events:
    event = AuditEvent(
        actors=[_audited(_entity(state, declared.entity))],
        dates=[Moment(kind=DateType.DONE, text=ended.astimezone().strftime(DATE_FORMAT))],
        scopes=[_assets(facts, declared.users)],
        outcome=Outcome(level=declared.level),
        tlp=TLP,
        analysis=ANALYSIS_TYPE,
        kind=EVENT_TYPE,
    )
    return Events(actors=[_provider(declared), _controller(), _requester(state)], event=[event])


def _provider(declared: Declared) -> CommonActor:
    if not declared.company_name.strip():
        raise InputError(
            "La raison sociale du prestataire manque.", "Donnez-la avec --company-name."
        )
    return CommonActor(
        id=Identifier(kind=IdType.SIRET, text=siret(declared.siret)),
        names=[Name(kind=NameType.FULL, text=declared.company_name.strip())],
        kind=ActorType.THIRD_PARTY,
        role=Role.PROVIDER,
    )


def _controller() -> CommonActor:
    """The official example files these nine digits under the SIRET code; they are a SIREN."""
    return CommonActor(
        id=Identifier(kind=IdType.SIREN, text=ANS_SIREN),
        names=[
            Name(kind=NameType.SHORT, text=ANS_SHORT),
            Name(kind=NameType.FULL, text=ANS_NAME),
        ],
        kind=ActorType.GROUP,
        role=Role.CONTROLLER,
    )


def _requester(state: DossierState) -> CommonActor:
    hospital = state.establishment
    return CommonActor(
        id=Identifier(kind=IdType.FINESS_ENTITY, text=hospital.lead.finess_ej),
        names=[Name(kind=NameType.FULL, text=hospital.name)],
        kind=ActorType.GROUP if hospital.ght else ActorType.SITE,
        role=Role.REQUESTER,
    )


def _audited(entity: LegalEntity) -> EventActor:
    """Its only site is named too; of several, which one was audited is not known."""
    ids = [Identifier(kind=IdType.FINESS_ENTITY, text=entity.finess_ej)]
    if len(entity.sites) == 1:
        ids.append(Identifier(kind=IdType.FINESS_SITE, text=entity.sites[0].finess_eg))
    return EventActor(
        ids=ids,
        names=[Name(kind=NameType.FULL, text=entity.name)],
        kind=ActorType.SITE,
        role=Role.AUDITED,
    )


def _entity(state: DossierState, typed: str) -> LegalEntity:
    entities = state.establishment.entities
    wanted = "".join(typed.split()).upper()
    if not wanted:
        return state.establishment.lead
    found = next((one for one in entities if one.finess_ej == wanted), None)
    if found is None:
        raise InputError(
            f"« {typed} » n'est pas une entité juridique de ce dossier.",
            f"Entités connues : {', '.join(one.finess_ej for one in entities)}.",
        )
    return found


def _assets(facts: ExposureFacts, users: Users | None) -> Assets:
    """Domains, names and addresses the reading looked at; autonomous systems are not known."""
    names = {name.lower() for name in (*facts.domains, *facts.names) if not is_address(name)}
    addresses = _addresses(facts)
    if not names and not addresses:
        raise InputError(
            "Ce relevé ne porte sur aucun domaine ni aucune adresse : le fichier serait vide.",
            "Relancez la sonde, ou choisissez un autre relevé avec --reading.",
        )
    return Assets(
        functional=[_context(users)] if users else [],
        domains=sorted(names),
        ipv4=[f"{one}/32" for one in addresses if ip_address(one).version == 4],
        ipv6=[f"{one}/128" for one in addresses if ip_address(one).version == 6],
    )


def _context(users: Users) -> FunctionalContext:
    return FunctionalContext(
        category=DEFAULT_CONTEXT,
        text="Infrastructures",
        personal=users.personal_data,
        health=users.health_data,
        users=users.count,
    )


def _addresses(facts: ExposureFacts) -> list[str]:
    seen: Iterable[str] = (
        *(one.address for one in facts.ports),
        *(one.address for one in facts.tls),
        *(one.address for one in facts.http),
        *(address for found in facts.names.values() for address in found),
    )
    return sorted({one for one in seen if is_address(one)}, key=lambda one: _order(one))


def _order(address: str) -> tuple[int, int]:
    parsed = ip_address(address)
    return parsed.version, int(parsed)
