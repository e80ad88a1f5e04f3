"""The packages of the exporters' tests, as an examiner receives them."""

from tests.exporters.conftest import complete_package, redacted_package

__all__ = ["complete_package", "redacted_package"]
