"""What CISO Assistant asks of a library before and while loading it, rule by rule.

CISO Assistant is a Django application without a package of its own: its loader cannot run here.
These rules were read in its repository, https://github.com/intuitem/ciso-assistant-community, and
are written again in our own words:

* backend/core/models.py, commit 001be08eb0d4b9bc61cf22e38a10dfd3e71d0e7c:
  `StoredLibrary.store_library_content` (required fields, form of the URN, version),
  `ReferentialObjectMixin` and `LibraryMixin` (lengths of the columns),
  `_sync_questions_from_data`, `Question.Type`, `QuestionChoice` (questions and choices);
* backend/library/utils.py, commit 014d824110c580c50d0b41e17e1fc1f07a806c87:
  `LibraryImporter.init`, `FrameworkImporter`, `RequirementNodeImporter` (objects, score bounds);
* backend/library/framework_editor.py, same repository (a parent comes before its children);
* tools/check_library_v2.py, commit 01510e7ae3fce503518f609749375701f77c353c (form of every URN).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

Table = Mapping[str, Any]

LIBRARY_FIELDS = ("urn", "name", "version", "objects", "ref_id")
LONGEST = {
    "urn": 255, "parent_urn": 255, "ref_id": 100, "provider": 200, "name": 200,
    "copyright": 4096, "packager": 100, "locale": 100,
}  # fmt: skip
QUESTION_TYPES = {
    "text", "number", "boolean", "unique_choice", "single_choice", "multiple_choice", "date",
    "file", "object_reference",
}  # fmt: skip
_LIBRARY_URN = re.compile(r"urn(:[\w-]+){3,4}:[\w\[\]().:-]+", re.ASCII)
_URN = re.compile(r"urn(:[a-z0-9._-]+)+")


def broken(text: str) -> list[str]:
    """Every rule the library breaks, in words; none when it would load."""
    library = yaml.safe_load(text)
    if not isinstance(library, dict):
        return ["the document is not a mapping"]
    missing = [one for one in LIBRARY_FIELDS if one not in library]
    if missing:
        return [f"the library has no {', '.join(missing)}"]
    return [*_head(library), *_objects(library["objects"])]


def _head(library: Table) -> Iterator[str]:
    if not _LIBRARY_URN.fullmatch(str(library["urn"]).lower()):
        yield "the URN of the library is badly formed"
    if type(library["version"]) is not int:
        yield "the version is not an integer"
    published = library.get("publication_date")
    if published is not None and type(published) is not date:
        yield "the publication date is not a date"
    yield from _lengths(library)


def _objects(objects: Any) -> Iterator[str]:
    framework = objects.get("framework") if isinstance(objects, dict) else None
    if not isinstance(framework, dict) or "frameworks" in objects:
        yield "the library holds no framework, or two kinds of them"
        return
    if not {"urn", "ref_id"} <= framework.keys() or not framework.get("requirement_nodes"):
        yield "the framework has no URN, no reference or no requirement"
        return
    yield from _lengths(framework)
    low, high = framework.get("min_score", 0), framework.get("max_score", 100)
    if not 0 <= low < high:
        yield "the scores do not go from a least to a greater one"
    scale = [one["score"] for one in framework.get("scores_definition") or []]
    if any(not low <= score <= high for score in scale):
        yield "a score of the scale is out of its bounds"
    groups = {one["ref_id"] for one in framework.get("implementation_groups_definition") or []}
    yield from _nodes(framework["requirement_nodes"], groups, high)


def _nodes(nodes: list[Table], groups: set[str], high: int) -> Iterator[str]:
    seen: set[str] = set()
    questions: Counter[str] = Counter()
    for node in nodes:
        if "urn" not in node:
            yield "a requirement has no URN"
            continue
        urn = str(node["urn"]).lower()
        if urn in seen or not _URN.fullmatch(urn):
            yield f"{urn} is given twice or badly formed"
        parent = node.get("parent_urn")
        if parent and str(parent).lower() not in seen:
            yield f"the parent of {urn} does not come before it"
        seen.add(urn)
        if not set(node.get("implementation_groups") or ()) <= groups:
            yield f"{urn} is in a group that is not defined"
        if type(node.get("weight", 1)) is not int:
            yield f"the weight of {urn} is not an integer"
        yield from _lengths(node)
        asked = node.get("questions") or {}
        questions.update(asked.keys())
        for name, question in asked.items():
            yield from _question(name, question, high)
    yield from (f"{one} is asked twice" for one, times in questions.items() if times > 1)


def _question(urn: str, question: Table, high: int) -> Iterator[str]:
    if question.get("type", "text") not in QUESTION_TYPES:
        yield f"{urn} is of no known type"
    if len(urn) > LONGEST["urn"]:
        yield f"the URN {urn} is too long"
    choices = question.get("choices", [])
    urns = [one.get("urn") for one in choices]
    if len(set(urns)) < len(urns):
        yield f"two choices of {urn} have the same URN"
    for one in choices:
        score = one.get("add_score")
        if score is not None and (type(score) is not int or score > high):
            yield f"a choice of {urn} adds no score of the scale"
        if len(str(one.get("urn") or "").rpartition(":")[2]) > LONGEST["ref_id"]:
            yield f"the reference of a choice of {urn} is too long"


def _lengths(table: Table) -> Iterator[str]:
    for name, longest in LONGEST.items():
        if len(str(table.get(name) or "")) > longest:
            yield f"{name} takes more than {longest} characters"
