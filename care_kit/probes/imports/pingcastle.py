"""PingCastle's XML report: its own level, scores and failed rules, kept beside ours.

Format read in PingCastle's public source (netwrix/pingcastle): the XML gives no level per rule;
our table relates the rules to ANSSI's points. The file is hostile: no DTD, no entity, bounds.
"""

import base64
import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from care_kit.model.content.rule_mapping import RuleMapping
from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.words.errors import InputError
from care_kit.probes.imports.refusals import malformed, refused
from care_kit.probes.imports.report_file import bounded, dns_name, level, moment, short

MAX_RULES = 2_000
MAX_DEPTH = 60
_ROOT = "HealthcheckData"
WHOLE = "score global"
_SCORES: Mapping[str, str] = {
    "GlobalScore": WHOLE,
    "StaleObjectsScore": "objets obsolètes",
    "PrivilegiedGroupScore": "comptes privilégiés",  # spelled so by PingCastle
    "TrustScore": "relations d'approbation",
    "AnomalyScore": "anomalies",
}
_TEXTS = {"EngineVersion", "GenerationDate", "MaturityLevel", "DomainFQDN", "ForestFQDN", *_SCORES}
_OTHER_REPORT = "Indiquez le fichier ad_hc_….xml écrit par PingCastle --healthcheck."
_ENCODING = re.compile(r"""(<\?xml[^>]*?)\s+encoding=["'][^"']*["']""")


@dataclass
class _Report:
    texts: dict[str, str] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    integrity: str | None = None


def read_pingcastle(raw: bytes, name: str, mapping: RuleMapping) -> ThirdPartyResult:
    """What a report says; InputError names the file and the place at fault."""
    try:
        report = _parsed(raw, name)
    except DefusedXmlException as cause:
        raise refused(
            name, "contient une déclaration DTD ou une entité XML", _OTHER_REPORT
        ) from cause
    except ParseError as cause:
        place = f"ligne {cause.position[0]}"
        raise malformed(name, place, "ce n'est pas du XML bien formé") from cause
    except (ValueError, LookupError) as cause:
        raise refused(name, "n'est pas un XML lisible", _OTHER_REPORT) from cause
    return _result(report, name, mapping)


def _in_utf8(raw: bytes) -> bytes:
    """The report in UTF-8: some are saved in UTF-16 while they say UTF-8."""
    if not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw
    return _ENCODING.sub(r"\1", raw.decode("utf-16", "replace"), count=1).encode("utf-8")


def _parsed(raw: bytes, name: str) -> _Report:
    report = _Report()
    path: list[Element] = []
    events = iterparse(BytesIO(_in_utf8(raw)), events=("start", "end"), forbid_dtd=True)
    for event, element in events:
        if event == "start":
            _enter(path, element, report, name)
            continue
        path.pop()
        _leave(path, element, report, name)
    return report


def _enter(path: list[Element], element: Element, report: _Report, name: str) -> None:
    if not path:
        _check_root(element, name)
        report.integrity = element.get("IntegrityRules")
    elif element.tag.rpartition("}")[2] == "EncryptedData":
        raise _encrypted(name)
    path.append(element)
    if len(path) > MAX_DEPTH:
        raise refused(name, "emboîte trop d'éléments", _OTHER_REPORT)


def _check_root(element: Element, name: str) -> None:
    local = element.tag.rpartition("}")[2]
    if local == "EncryptedData":
        raise _encrypted(name)
    if element.tag != _ROOT:
        raise refused(name, f"n'est pas un rapport de PingCastle (<{short(local)}>)", _OTHER_REPORT)


def _encrypted(name: str) -> InputError:
    return refused(
        name,
        "est un rapport chiffré de PingCastle",
        "Produisez-le sans --encrypt, ou déchiffrez-le avec PingCastle, puis recommencez.",
    )


def _leave(path: list[Element], element: Element, report: _Report, name: str) -> None:
    """Keep what is wanted, then free the memory of what was read."""
    if len(path) == 1 and element.tag in _TEXTS:
        report.texts.setdefault(element.tag, (element.text or "").strip())
    tags = [one.tag for one in path[1:]]
    if tags == ["RiskRules", "HealthcheckRiskRule"] and element.tag == "RiskId":
        report.rules.append(short(element.text or ""))
        if len(report.rules) > MAX_RULES:
            raise refused(name, f"liste plus de {MAX_RULES} règles", _OTHER_REPORT)
    element.clear()
    if path:
        path[-1].remove(element)


def _result(report: _Report, name: str, mapping: RuleMapping) -> ThirdPartyResult:
    missing = sorted(_TEXTS - {"EngineVersion"} - report.texts.keys())
    if missing:
        raise malformed(name, missing[0], "cet élément manque : le rapport est incomplet")
    texts = report.texts
    rules: dict[str, set[str]] = {}
    for rule in report.rules:
        for point in mapping.rules.get(rule, ()):
            rules.setdefault(point, set()).add(rule)
    return ThirdPartyResult(
        tool=mapping.tool,
        version=short(texts.get("EngineVersion", "")) or "inconnue",
        forest=dns_name(texts["ForestFQDN"], name, "ForestFQDN"),
        domain=dns_name(texts["DomainFQDN"], name, "DomainFQDN"),
        generated=moment(texts["GenerationDate"], name, "GenerationDate"),
        level=level(texts["MaturityLevel"], name, "MaturityLevel"),
        scores={label: bounded(texts[key], 0, 100, name, key) for key, label in _SCORES.items()},
        failed=tuple(sorted(rules)),
        other_rules=tuple(sorted({one for one in report.rules if one not in mapping.rules})),
        rules={point: tuple(sorted(rules[point])) for point in sorted(rules)},
        cautions=tuple(_cautions(report)),
    )


def _cautions(report: _Report) -> Iterator[str]:
    if report.integrity is None:
        yield "Le rapport ne porte pas d'empreinte de ses règles : rien ne montre qu'il est intact."
    elif report.integrity not in set(map(_fingerprint, _orders(report.rules))):
        yield (
            "L'empreinte des règles ne correspond pas à leur liste : une règle a été ajoutée, "
            "retirée ou renommée après coup."
        )
    yield (
        "Les règles de PingCastle ne testent pas toujours la même chose que les points de "
        "l'ANSSI : deux niveaux différents peuvent être justes tous les deux."
    )


def _orders(rules: Iterable[str]) -> Iterator[list[str]]:
    """The rules in the orders that PingCastle's own sort may give: its language decides."""
    names = list(rules)
    yield sorted(names)
    yield sorted(names, key=str.casefold)
    yield sorted(names, key=lambda one: one.replace("-", "").casefold())


def _fingerprint(rules: list[str]) -> str:
    text = ",".join(rules).replace("-", "").replace(".", "")
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
