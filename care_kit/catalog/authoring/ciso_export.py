"""A questionnaire as a CISO Assistant library: what both formats can say."""

import re
from typing import Any

import yaml

from care_kit.catalog.authoring.ciso import (
    ESSENTIAL_GROUP,
    PACKAGER,
    RIGHTS,
    SCALE_QUESTION,
    SOCLE_GROUP,
    evidence_line,
    slug,
)
from care_kit.model.content.questionnaire import TOP_LEVEL, Indicator, Profile, Questionnaire
from care_kit.model.words.french import cut

LEFT_OUT = (
    "références",
    "bornes des sondes",
    "formes de réponse autres que le choix",
    "personne qui répond",
    "provenance de chaque indicateur",
)
LONGEST_NAME = 200
_NOT_IN_URN = re.compile(r"[^a-z0-9._-]+")
_SHIPPED_RIGHTS = "Auteurs de care-kit, licence GPL-3.0-or-later"
_UNKNOWN_RIGHTS = "Non précisés par l'auteur"


def library(questionnaire: Questionnaire, own: bool) -> str:
    """YAML text; `own` says that the questionnaire is the user's, whose rights are not ours."""
    return yaml.safe_dump(
        _library(questionnaire, own), allow_unicode=True, sort_keys=False, width=100
    )


def _library(questionnaire: Questionnaire, own: bool) -> dict[str, Any]:
    name = slug(questionnaire.id)
    notice, _, rights = questionnaire.notice.partition(RIGHTS)
    head = {
        "locale": "fr",
        "ref_id": questionnaire.id,
        "name": cut(questionnaire.title, LONGEST_NAME),
        "description": notice.strip(),
    }
    return {
        "urn": f"urn:{PACKAGER}:risk:library:{name}",
        **head,
        "copyright": rights or (_UNKNOWN_RIGHTS if own else _SHIPPED_RIGHTS),
        "version": questionnaire.version,
        "provider": cut(questionnaire.source, LONGEST_NAME),
        "packager": PACKAGER,
        "objects": {
            "framework": {
                "urn": f"urn:{PACKAGER}:risk:framework:{name}",
                **{key: head[key] for key in ("ref_id", "name", "description")},
                "min_score": 0,
                "max_score": TOP_LEVEL,
                "scores_definition": [
                    {"score": level, "name": f"Niveau {level}", "description": None}
                    for level in range(TOP_LEVEL + 1)
                ],
                "implementation_groups_definition": [
                    {"ref_id": SOCLE_GROUP, "name": "Socle", "description": None},
                    {
                        "ref_id": ESSENTIAL_GROUP,
                        "name": "Entités essentielles seulement",
                        "description": None,
                    },
                ],
                "requirement_nodes": _nodes(questionnaire, name),
            }
        },
    }


def _nodes(questionnaire: Questionnaire, name: str) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = []
    for domain in questionnaire.domains:
        urn = _urn(name, domain.id)
        nodes.append(
            {
                "urn": urn,
                "assessable": False,
                "depth": 1,
                "ref_id": domain.id,
                "name": cut(domain.title, LONGEST_NAME),
            }
        )
        nodes += [
            _node(one, name, urn) for one in questionnaire.indicators if one.domain == domain.id
        ]
    return nodes


def _node(indicator: Indicator, name: str, parent: str) -> dict[str, Any]:
    urn = _urn(name, indicator.id)
    groups = [SOCLE_GROUP] if indicator.socle else []
    if indicator.profiles == (Profile.ESSENTIAL,):
        groups.append(ESSENTIAL_GROUP)
    lines = [evidence_line(one) for one in indicator.evidence]
    return {
        "urn": urn,
        "assessable": True,
        "depth": 2,
        "parent_urn": parent,
        "ref_id": indicator.id,
        "name": cut(indicator.title, LONGEST_NAME),
        "description": indicator.help or None,
        "annotation": indicator.why,
        "typical_evidence": "\n".join(lines) or None,
        "implementation_groups": groups,
        "weight": indicator.weight,
        "questions": {f"{urn}:question:1": _question(indicator, f"{urn}:question:1")},
    }


def _question(indicator: Indicator, urn: str) -> dict[str, Any]:
    return {
        "type": SCALE_QUESTION,
        "text": indicator.question,
        "choices": [
            {"urn": f"{urn}:choice:{level}", "value": sentence, "add_score": level}
            for level, sentence in sorted(indicator.levels.items())
        ]
        + [
            {"urn": f"{urn}:choice:{one.key}", "value": one.label, "add_score": one.level}
            for one in (indicator.answer.options if indicator.answer else ())
        ],
    }


def _urn(name: str, item: str) -> str:
    return f"urn:{PACKAGER}:risk:req_node:{name}:{_NOT_IN_URN.sub('-', item.lower())}"
