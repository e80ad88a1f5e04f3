"""The only question of a CISO Assistant requirement as our scale, and the form of its answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from care_kit.catalog.answer_forms import KEY
from care_kit.catalog.authoring.ciso import SCALE_QUESTION, TEXT_QUESTION, slug
from care_kit.model.content.questionnaire import TOP_LEVEL, AnswerForm, AnswerKind, AnswerOption
from care_kit.model.words.french import NBSP
from care_kit.model.words.text import printable

UNKNOWN = "À compléter"
_FREE = AnswerForm(AnswerKind.TEXT, label="votre réponse")


@dataclass(frozen=True)
class Choice:
    """One choice of a question: what it says, its score, and the last part of its URN."""

    value: str
    score: int
    name: str


def scale_of(question: Mapping[str, Any]) -> tuple[dict[int, str], AnswerForm | None]:
    """Sentences by level, and the form of the answer.

    A choice is a level when the first ones rise from 0 to 4, one per score; those after them, or
    all of them when two have the same score, are options. What is not said is left to complete.
    """
    levels = {level: f"{UNKNOWN}{NBSP}: niveau {level}." for level in range(TOP_LEVEL + 1)}
    if question.get("type") == TEXT_QUESTION:
        return levels, _FREE
    choices = _choices(question) if question.get("type") == SCALE_QUESTION else []
    scale = list(_rising(choices))
    said = {one.score: one.value for one in scale}
    if {0, TOP_LEVEL} <= set(said):
        return said, _form(choices[len(scale) :])
    if len({one.score for one in choices}) < len(choices):
        return levels, _form(choices)
    return levels | {one.score: one.value for one in choices}, None


def _choices(question: Mapping[str, Any]) -> list[Choice]:
    """All of them, or none when one has no score of ours: half a scale would mislead."""
    found: list[Choice] = []
    listed = question.get("choices")
    for one in listed if isinstance(listed, list) else []:
        score, value = (one.get("add_score"), one.get("value")) if isinstance(one, dict) else (0, 0)
        said = printable(value).strip() if isinstance(value, str) else ""
        if type(score) is not int or not 0 <= score <= TOP_LEVEL or not said:
            return []
        found.append(Choice(said, score, str(one.get("urn") or "").rpartition(":")[2]))
    return found


def _rising(choices: Sequence[Choice]) -> Iterator[Choice]:
    last = -1
    for one in choices:
        if one.score <= last:
            return
        last = one.score
        yield one


def _form(choices: Sequence[Choice]) -> AnswerForm | None:
    if len(choices) < 2:
        return None
    options: list[AnswerOption] = []
    for one in choices:
        key = _key(one, [each.key for each in options])
        options.append(AnswerOption(key, one.value, one.score))
    return AnswerForm(AnswerKind.CHOICE, options=tuple(options))


def _key(choice: Choice, taken: Sequence[str]) -> str:
    """Its own word when it has one that can be typed, else the first words of what it says."""
    spare = (f"option-{chr(ord('a') + rank)}" for rank in range(len(taken), 26))
    wanted = (choice.name, slug(choice.value, 20), *spare)
    return next((one for one in wanted if KEY.fullmatch(one) and one not in taken), choice.name)
