"""Versions shown, against the day their maker stops correcting them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import TABLES, get, only, web

FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ({"X_Powered_By": "PHP/7.4.33"}, FAIL),
        ({"X_Powered_By": "PHP/8.4.1"}, PASS),
        ({"Server": "Microsoft-IIS/8.5"}, FAIL),
        ({"Server": "Microsoft-IIS/10.0"}, NOT_TESTED),
        ({"Server": "Apache/2.2.15"}, FAIL),
        ({"Server": "Apache/2.4.62"}, NOT_TESTED),
        ({"Server": "nginx/1.18.0"}, FAIL),
        ({"X_OWA_Version": "15.1.2507.35"}, FAIL),
        ({"X_OWA_Version": "15.2.2562.17"}, NOT_TESTED),
        ({"Server": "nginx/1.18.0 (Ubuntu)"}, NOT_TESTED),
        ({"Server": "Apache/2.4.56 (Debian)", "X_Powered_By": "PHP/7.4.33"}, NOT_TESTED),
        ({"Server": "nginx"}, NOT_TESTED),
        ({}, NOT_TESTED),
    ],
)
def test_a_version_past_its_end_fails_unless_a_distribution_may_correct_it(
    headers: dict[str, Any], verdict: Verdict
) -> None:
    assert only("WEB-EOL", web(get(**headers))).verdict is verdict


def test_the_worst_product_of_a_port_speaks() -> None:
    finding = only("WEB-EOL", web(get(Server="nginx/1.27.1", X_Powered_By="PHP/8.3.1")))
    assert (finding.verdict, finding.severity) == (FAIL, Severity.HIGH)
    assert "nginx 1.27" in finding.reason
    assert "23/06/2025" in finding.reason or "24/06/2025" in finding.reason


def test_the_last_day_of_support_still_counts() -> None:
    seen = web(get(X_Powered_By="PHP/8.1.2"))
    for today, verdict in ((date(2025, 12, 31), PASS), (date(2026, 1, 1), FAIL)):
        assert only("WEB-EOL", seen, replace(TABLES, today=today)).verdict is verdict
