"""Where the exposure rules register."""

from collections.abc import Callable, Iterator

from care_kit.model.check import Check
from care_kit.model.exposure_facts import ExposureFacts
from care_kit.model.finding import Finding
from care_kit.rules.registry import Registry

Rule = Callable[[ExposureFacts, Check], Iterator[Finding]]

rules: Registry[Rule] = Registry()
