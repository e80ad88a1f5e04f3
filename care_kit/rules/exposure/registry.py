"""Where the exposure rules register."""

from collections.abc import Callable, Iterator

from care_kit.model.check import Check
from care_kit.model.dated_tables import DatedTables
from care_kit.model.exposure_facts import ExposureFacts
from care_kit.model.finding import Finding
from care_kit.rules.registry import Registry

Rule = Callable[[ExposureFacts, Check], Iterator[Finding]]
DatedRule = Callable[[ExposureFacts, Check, DatedTables], Iterator[Finding]]

rules: Registry[Rule] = Registry()

dated_rules: Registry[DatedRule] = Registry()
"""Rules whose verdict also depends on what is known of products on the day they run."""
