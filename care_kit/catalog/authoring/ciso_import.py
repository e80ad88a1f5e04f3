"""A CISO Assistant library as a questionnaire to complete; its texts and their rights stay."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from care_kit.catalog.authoring.ciso import (
    ESSENTIAL_GROUP,
    PACKAGER,
    RIGHTS,
    SOCLE_GROUP,
    evidence_of,
    slug,
)
from care_kit.catalog.authoring.ciso_scale import UNKNOWN, scale_of
from care_kit.model.content.questionnaire import (
    AnswerForm,
    Domain,
    ExpectedEvidence,
    Indicator,
    Profile,
    Questionnaire,
    Reference,
)
from care_kit.model.words.errors import InputError
from care_kit.model.words.french import NBSP
from care_kit.model.words.text import printable
from care_kit.model.words.vocabulary import Provenance

MAX_NODES = 5_000
MAX_TEXT = 20_000
_NOTE = "exigence reprise de cette bibliothèque"
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9._-]+")
_NO_RIGHTS = "non indiqués"
Node = Mapping[str, Any]


@dataclass(frozen=True)
class Imported:
    """The questionnaire, and the rights its texts are under, as the library states them.

    `notes` say, in French, what could not be taken as it is, with how many there are.
    """

    questionnaire: Questionnaire
    rights: str
    notes: tuple[str, ...] = ()


def questionnaire_of(library: Node, today: date, new_id: str = "") -> Imported:
    """The questionnaire of a library's framework; InputError when it holds none."""
    translated = _translated(library)
    library = _in_french(library)
    framework = _framework(library)
    nodes = [one for one in _listed(framework, "requirement_nodes") if isinstance(one, dict)]
    if len(nodes) > MAX_NODES:
        raise _refused(f"compte plus de {MAX_NODES} exigences")
    by_urn = {_text(one, "urn"): one for one in nodes if _text(one, "urn")}
    origin = _Origin(library, framework, today)
    tree = _Tree(by_urn, origin.title)
    assessable = [one for one in nodes if one.get("assessable") is True]
    if not assessable:
        raise _refused("ne contient aucune exigence à évaluer")
    chosen = new_id or slug(_text(framework, "ref_id") or _text(library, "ref_id")) or "importe"
    ids = _ids(assessable, "" if origin.ours else chosen)
    indicators = tuple(
        _indicator(node, one, tree, origin) for one, node in zip(ids, assessable, strict=True)
    )
    questionnaire = Questionnaire(
        id=chosen,
        version=origin.version,
        title=origin.title,
        notice=f"{_text(library, 'description')} {RIGHTS}{origin.rights}".strip(),
        provenance=origin.provenance,
        source=origin.source,
        domains=tuple(tree.domains.values()),
        indicators=indicators,
    )
    return Imported(questionnaire, origin.rights, tuple(_notes(assessable, translated)))


def _in_french(value: Any) -> Any:
    """The same tables, their texts replaced by the French ones where the library gives them."""
    if isinstance(value, dict):
        said = value.get("translations")
        french = said.get("fr") if isinstance(said, dict) else None
        own = {key: _in_french(one) for key, one in value.items() if key != "translations"}
        kept = french if isinstance(french, dict) else {}
        return {**own, **{key: one for key, one in kept.items() if isinstance(one, str) and one}}
    if isinstance(value, list):
        return [_in_french(one) for one in value]
    return value


def _translated(value: Any) -> int:
    """How many tables have a French version."""
    if isinstance(value, dict):
        said = value.get("translations")
        here = isinstance(said, dict) and isinstance(said.get("fr"), dict)
        return int(here) + sum(_translated(one) for one in value.values())
    return sum(_translated(one) for one in value) if isinstance(value, list) else 0


def _notes(nodes: Sequence[Node], translated: int) -> Iterator[str]:
    if translated:
        yield f"Textes français repris : {translated}."
    several = [one for one in map(_asked, nodes) if len(one) > 1]
    if several:
        choices = sum(len(_choices(each)) for asked in several for each in asked)
        yield (
            "Une question de care-kit n'en pose qu'une : "
            f"{sum(map(len, several))} questions ({choices} choix) sont recopiées dans l'aide de "
            f"leurs {len(several)} exigences, à mettre en forme."
        )
    loose = [one for asked in map(_asked, nodes) if len(asked) == 1 for one in asked]
    left = sum(len(_choices(one)) for one in loose if scale_of(one)[1] is None)
    if left:
        yield f"Choix sans échelle reconnue, recopiés dans l'aide : {left}."


def _asked(node: Node) -> list[Node]:
    """The questions of a requirement."""
    questions = node.get("questions")
    found = questions.values() if isinstance(questions, dict) else ()
    return [one for one in found if isinstance(one, dict)]


def _choices(question: Node) -> list[str]:
    """The choices of a question, as the library words them."""
    listed = [one for one in _listed(question, "choices") if isinstance(one, dict)]
    return [text for one in listed if (text := _text(one, "value"))]


def _worded(question: Node) -> str:
    """A question and its choices in one line of help."""
    choices = f"{NBSP}; ".join(_choices(question))
    text = _text(question, "text")
    return f"{text} (choix{NBSP}: {choices})" if choices else text


class _Origin:
    """Who wrote the library, in which version, under which rights."""

    def __init__(self, library: Node, framework: Node, today: date) -> None:
        self.title = _text(framework, "name") or _text(library, "name") or UNKNOWN
        self.ours = _text(library, "packager") == PACKAGER
        self.rights = _text(library, "copyright") or _NO_RIGHTS
        version = library.get("version")
        self.version = version if type(version) is int and 0 < version < 10**6 else 1
        published = library.get("publication_date")
        self.dated = published if type(published) is date else None
        self.read_on = self.dated or today
        self.provenance = Provenance.PROPOSED if self.ours else Provenance.SECONDARY
        self.source = _text(library, "provider") if self.ours else self._told(library)
        self.source = self.source or self._told(library)

    def _told(self, library: Node) -> str:
        dated = f" du {self.dated:%d/%m/%Y}" if self.dated else ""
        who = [_text(library, key) for key in ("provider", "packager")]
        by = ", ".join(one for one in who if one) or "auteur non indiqué"
        urn = _text(library, "urn") or "sans URN"
        name = f"Bibliothèque CISO Assistant «{NBSP}{self.title}{NBSP}»"
        return f"{name}, version {self.version}{dated}, {by} ({urn})"


class _Tree:
    """The domains met so far, by the node they come from."""

    def __init__(self, by_urn: Mapping[str, Node], fallback: str) -> None:
        self._by_urn = by_urn
        self._fallback = fallback
        self.domains: dict[str, Domain] = {}

    def domain_of(self, node: Node) -> str:
        """Id of the nearest heading above; its own furthest ancestor becomes the dimension."""
        above = [one for one in self._ancestors(node) if one.get("assessable") is not True]
        key = _text(above[0], "urn") if above else ""
        if key not in self.domains:
            title = _title(above[0]) if above else self._fallback
            top = _title(above[-1]) if len(above) > 1 else ""
            self.domains[key] = Domain(self._new_id(above), title, top)
        return self.domains[key].id

    def _ancestors(self, node: Node) -> list[Node]:
        found: list[Node] = []
        seen: set[str] = set()
        urn = _text(node, "parent_urn")
        while urn in self._by_urn and urn not in seen:
            seen.add(urn)
            found.append(self._by_urn[urn])
            urn = _text(self._by_urn[urn], "parent_urn")
        return found

    def _new_id(self, above: list[Node]) -> str:
        wanted = (_text(above[0], "ref_id") or slug(_title(above[0]), 20).upper()) if above else ""
        return _free(wanted or "A", {one.id for one in self.domains.values()})


def _indicator(node: Node, own_id: str, tree: _Tree, origin: _Origin) -> Indicator:
    explained = [_text(node, "description")]
    if not origin.ours:
        explained.append(_text(node, "annotation"))
    question, levels, answer = _question(node)
    if not origin.ours and (len(_asked(node)) > 1 or answer is None):
        explained += map(_worded, _asked(node))
    groups = set(map(str, _listed(node, "implementation_groups")))
    weight = node.get("weight")
    return Indicator(
        id=own_id,
        domain=tree.domain_of(node),
        title=_title(node),
        question=question,
        why=_text(node, "annotation") if origin.ours else f"{UNKNOWN}.",
        help="\n".join(filter(None, explained)),
        answered_by=UNKNOWN,
        levels=levels,
        evidence=tuple(_evidence(node)),
        references=() if origin.ours else (Reference(origin.title, _text(node, "ref_id"), _NOTE),),
        provenance=origin.provenance,
        source=origin.source,
        source_date=origin.read_on,
        socle=SOCLE_GROUP in groups,
        weight=weight if type(weight) is int and 0 < weight < 1000 else 1,
        profiles=(Profile.ESSENTIAL,) if ESSENTIAL_GROUP in groups else (Profile.ALL,),
        answer=answer,
    )


def _question(node: Node) -> tuple[str, dict[int, str], AnswerForm | None]:
    """The question, its sentences and the form of its answer, when the requirement has just one."""
    asked = _asked(node)
    only = asked[0] if len(asked) == 1 else {}
    return _text(only, "text") or f"{UNKNOWN}{NBSP}?", *scale_of(only)


def _evidence(node: Node) -> Iterator[ExpectedEvidence]:
    for line in _text(node, "typical_evidence").splitlines():
        if title := line.strip(" -•\t"):
            yield evidence_of(title)


def _framework(library: Node) -> Node:
    objects = library.get("objects")
    framework = objects.get("framework") if isinstance(objects, dict) else None
    if not isinstance(framework, dict):
        raise _refused("ne contient pas de référentiel (« objects.framework »)")
    return framework


def _ids(nodes: Sequence[Node], prefix: str) -> list[str]:
    """One id per requirement: its own, or one of ours after the id of the questionnaire.

    Two libraries number their requirements alike; ours, exported then read back, do not.
    """
    found: list[str] = []
    for node in nodes:
        own = _text(node, "ref_id") or _text(node, "urn").rpartition(":")[2] or "EXIGENCE"
        if prefix:
            own = _NOT_IN_ID.sub("-", f"{prefix[:20].upper()}-{own}")[:50].strip("-.")
        elif own in found:
            raise _refused(f"donne deux fois l'identifiant « {own} »")
        found.append(_free(own, set(found)))
    return found


def _title(node: Node) -> str:
    first = _text(node, "description").partition("\n")[0]
    return _text(node, "name") or first[:120] or _text(node, "ref_id") or UNKNOWN


def _free(wanted: str, taken: set[str]) -> str:
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _text(node: Node, key: str) -> str:
    """A text, or a number written without quotes; empty when there is none."""
    value = node.get(key)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    text = printable(str(value)).strip()
    if len(text) > MAX_TEXT:
        raise _refused(f"porte un texte de plus de {MAX_TEXT} caractères (« {key} »)")
    return text


def _listed(node: Node, key: str) -> list[Any]:
    value = node.get(key)
    return value if isinstance(value, list) else []


def _refused(why: str) -> InputError:
    return InputError(
        f"La bibliothèque {why}.", "Vérifiez que c'est une bibliothèque de référentiel."
    )
