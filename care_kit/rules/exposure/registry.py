"""Where the exposure rules register."""

from collections.abc import Callable, Iterator

from care_kit.model.content.check import Check
from care_kit.model.content.dated_tables import DatedTables
from care_kit.model.facts.exposure import ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.rules.registry import Registry

Rule = Callable[[ExposureFacts, Check], Iterator[Finding]]
DatedRule = Callable[[ExposureFacts, Check, DatedTables], Iterator[Finding]]

rules: Registry[Rule] = Registry()

dated_rules: Registry[DatedRule] = Registry()
"""Rules whose verdict also depends on what is known of products on the day they run."""
