"""Ties a check's id to the function that decides it."""

from collections.abc import Callable
from typing import Generic, TypeVar

Rule = TypeVar("Rule", bound=Callable[..., object])


class Registry(Generic[Rule]):
    """Rules by check id. A rule takes a view of the facts and the check's declaration."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}

    def decides(self, check_id: str) -> Callable[[Rule], Rule]:
        """Decorator: the function below decides `check_id`; two rules for one id is a bug."""

        def register(rule: Rule) -> Rule:
            if check_id in self._rules:
                raise ValueError(f"two rules for {check_id}")
            self._rules[check_id] = rule
            return rule

        return register

    def ids(self) -> frozenset[str]:
        """Every check id that has a rule."""
        return frozenset(self._rules)

    def rule(self, check_id: str) -> Rule:
        """The rule of that check; KeyError when there is none."""
        return self._rules[check_id]
