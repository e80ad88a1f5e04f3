"""What an OPSSIES file of the right shape says wrong: the traps seen in the official texts."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from ipaddress import ip_network

from care_kit.model.dossier import finess, sirene
from care_kit.model.formats.opssies import (
    ANALYSIS_TYPE,
    DATE_FORMAT,
    EVENT_TYPE,
    FUNCTIONAL_CATEGORIES,
    TECHNICAL_CATEGORIES,
    TLP,
    ActorType,
    Assets,
    AuditEvent,
    CommonActor,
    DateType,
    Document,
    EventActor,
    Identifier,
    IdType,
    Name,
    NameType,
    Role,
)
from care_kit.model.words.errors import InputError
from care_kit.model.words.french import cut
from care_kit.model.words.text import printable

Said = tuple[str, str]
Actor = CommonActor | EventActor
_ASN = re.compile(r"AS[0-9]{1,10}")
_DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", re.IGNORECASE)


def meaning(document: Document, now: datetime) -> Iterator[Said]:
    """(path, French sentence) of every problem."""
    events = document.events
    if not events.event:
        yield "events.event", "Le fichier ne contient aucun audit."
    for rank, actor in enumerate(events.actors):
        yield from _actor(actor, f"events.stakeholders[{rank}]")
    for rank, event in enumerate(events.event):
        yield from _event(event, events.actors, f"events.event[{rank}]", now)


def _event(
    event: AuditEvent, common: Sequence[CommonActor], where: str, now: datetime
) -> Iterator[Said]:
    for rank, actor in enumerate(event.actors):
        yield from _actor(actor, f"{where}.stakeholders[{rank}]")
    yield from _roles((*common, *event.actors), f"{where}.stakeholders")
    yield from _dates(event, f"{where}.dates", now)
    if not event.scopes:
        yield f"{where}.scopes", "Aucun périmètre : l'audit ne dit pas ce qu'il a regardé."
    for rank, assets in enumerate(event.scopes):
        yield from _assets(assets, f"{where}.scopes[{rank}]")
    yield from _fixed(event, where)


def _roles(actors: Sequence[Actor], where: str) -> Iterator[Said]:
    for role in Role:
        count = sum(actor.role == role for actor in actors)
        if count == 0:
            yield where, f"Aucun acteur n'a le rôle {role.value} ({role.label})."
        elif count > 1:
            yield (
                where,
                f"{count} acteurs ont le rôle {role.value} ({role.label}) : un rôle, un acteur.",
            )


def _actor(actor: Actor, where: str) -> Iterator[Said]:
    if actor.role not in list(Role):
        yield f"{where}.stakeholderRoleType", f"Le rôle {actor.role} n'existe pas (1 à 4)."
    yield from _actor_type(actor, f"{where}.stakeholderType")
    if not actor.ids:
        yield f"{where}.stakeholderId", "Aucun identifiant."
    for rank, identifier in enumerate(actor.ids):
        place = f"{where}.stakeholderId"
        many = isinstance(actor, EventActor)
        yield from _identifier(identifier, f"{place}[{rank}]" if many else place)
    if actor.role == Role.PROVIDER and not _has(actor, IdType.SIREN, IdType.SIRET):
        yield f"{where}.stakeholderId", "Le prestataire s'identifie par un SIREN ou un SIRET."
    if actor.role == Role.AUDITED and not _has(actor, IdType.FINESS_ENTITY, IdType.FINESS_SITE):
        yield f"{where}.stakeholderId", "L'audité s'identifie par un FINESS (code 2 ou 3)."
    yield from _names(actor.names, f"{where}.stakeholderNameTypes")


def _actor_type(actor: Actor, where: str) -> Iterator[Said]:
    if actor.kind not in list(ActorType):
        more = " : un tiers a le code 3" if actor.kind == 4 else ""
        yield where, f"Le type d'acteur {actor.kind} n'existe pas{more}."
    elif actor.role == Role.PROVIDER and actor.kind != ActorType.THIRD_PARTY:
        yield where, f"Le prestataire est un tiers (code 3), pas un code {actor.kind}."
    elif actor.role == Role.AUDITED and actor.kind == ActorType.THIRD_PARTY:
        yield where, "L'audité est un établissement (code 1) ou un groupement (code 2)."


def _has(actor: Actor, *kinds: IdType) -> bool:
    return any(one.kind in kinds for one in actor.ids)


def _identifier(identifier: Identifier, where: str) -> Iterator[Said]:
    text, place = identifier.text, f"{where}.__text"
    if not text.strip():
        yield place, "Identifiant vide."
        return
    if identifier.kind not in list(IdType):
        yield f"{where}.stakeholderIdType", f"Le code {identifier.kind} n'existe pas (1 à 6)."
        return
    if any(one.isspace() for one in text):
        yield place, f"« {_shown(text)} » contient une espace : les identifiants n'en ont pas."
        return
    if wrong := _wrong(IdType(identifier.kind), text):
        yield place, wrong


def _wrong(kind: IdType, text: str) -> str:
    """Why this text is not an identifier of that kind; empty when it is."""
    shown = f"« {_shown(text)} »"
    digits = text.isascii() and text.isdigit()
    if kind is IdType.GHT:
        return ""
    if kind is IdType.SIRET and digits and len(text) == sirene.SIREN_DIGITS:
        return (
            f"{shown} a neuf chiffres sous le code 5 (SIRET, quatorze chiffres) : un SIREN prend "
            "le code 4, un FINESS géographique le code 2."
        )
    if kind in (IdType.SIREN, IdType.SIRET):
        length = sirene.SIREN_DIGITS if kind is IdType.SIREN else sirene.SIRET_DIGITS
        if sirene.sound(text, length):
            return ""
        return f"{shown} n'est pas un {kind.name} ({length} chiffres, clé comprise)."
    if kind is IdType.FINESS_RANGE:
        return "" if digits else f"{shown} n'est pas une plage FINESS (des chiffres seuls)."
    try:
        finess.normalise(text)
    except InputError:
        return f"{shown} n'est pas un numéro FINESS (neuf caractères, clé comprise)."
    return ""


def _names(names: Sequence[Name], where: str) -> Iterator[Said]:
    if not any(one.kind == NameType.FULL for one in names):
        yield where, "La raison sociale complète (code 2) est obligatoire."
    for rank, one in enumerate(names):
        if one.kind not in list(NameType):
            yield (
                f"{where}[{rank}].stakeholderNameType",
                f"Le code de nom {one.kind} n'existe pas : 1 (abrégé) ou 2 (complet).",
            )
        if not one.text.strip():
            yield f"{where}[{rank}].__text", "Nom vide."


def _dates(event: AuditEvent, where: str, now: datetime) -> Iterator[Said]:
    if len(event.dates) != 1:
        yield where, f"Une seule date est attendue, pas {len(event.dates)}."
    for rank, one in enumerate(event.dates):
        place = f"{where}[{rank}]"
        if one.kind != DateType.DONE:
            yield (
                f"{place}.dateType",
                f"Code {one.kind} : la réalisation effective (7) est attendue.",
            )
        try:
            moment = datetime.strptime(one.text, DATE_FORMAT)
        except ValueError:
            moment = None
        if moment is None or moment.strftime(DATE_FORMAT) != one.text:
            yield (
                f"{place}.__text",
                f"« {_shown(one.text)} » n'est pas de la forme AAAAMMJJ-HHMMSS.",
            )
        elif moment > now.replace(tzinfo=None) + timedelta(days=1):
            yield f"{place}.__text", f"L'audit est daté du futur ({moment:%d/%m/%Y})."


def _assets(assets: Assets, where: str) -> Iterator[Said]:
    if not (assets.domains or assets.ipv4 or assets.ipv6):
        yield where, "Périmètre vide : ni domaine, ni adresse."
    yield from _contexts(assets, where)
    for rank, text in enumerate(assets.asns):
        if not _ASN.fullmatch(text):
            yield (
                f"{where}.autonomousSystemNumbers[{rank}]",
                f"« {_shown(text)} » n'est pas un numéro de système autonome (AS suivi de "
                "chiffres).",
            )
    for rank, text in enumerate(assets.domains):
        if not _DOMAIN.fullmatch(text):
            yield f"{where}.domains[{rank}]", f"« {_shown(text)} » n'est pas un nom de domaine."
    for key, subnets, version in (
        ("subnetIpV4s", assets.ipv4, 4),
        ("subnetIpV6s", assets.ipv6, 6),
    ):
        for rank, text in enumerate(subnets):
            if not _is_subnet(text, version):
                yield (
                    f"{where}.{key}[{rank}]",
                    f"« {_shown(text)} » n'est pas une plage IPv{version} (adresse/longueur).",
                )


def _contexts(assets: Assets, where: str) -> Iterator[Said]:
    for rank, use in enumerate(assets.functional):
        place = f"{where}.functionalContexts[{rank}]"
        if use.category not in FUNCTIONAL_CATEGORIES:
            yield f"{place}.functionalContextCategory", f"Le code {use.category} n'existe pas."
        if use.users < 0:
            yield f"{place}.userCount", "Un nombre d'utilisateurs n'est pas négatif."
    for rank, means in enumerate(assets.technical):
        if means.category not in TECHNICAL_CATEGORIES:
            yield (
                f"{where}.technicalContexts[{rank}].technicalContextCategory",
                f"Le code {means.category} n'a pas de libellé (1 à 14).",
            )


def _is_subnet(text: str, version: int) -> bool:
    try:
        return "/" in text and ip_network(text, strict=False).version == version
    except ValueError:
        return False


def _fixed(event: AuditEvent, where: str) -> Iterator[Said]:
    for key, found, wanted in (
        ("tlp", event.tlp, TLP),
        ("eventAnalysisType", event.analysis, ANALYSIS_TYPE),
        ("eventType", event.kind, EVENT_TYPE),
    ):
        if found != wanted:
            yield (
                f"{where}.{key}",
                f"« {_shown(str(found))} » : le profil D1 impose « {wanted} ».",
            )


def _shown(text: str) -> str:
    return cut(printable(text).replace("\n", " "), 60)
