"""Which checks must fail on each seed, and on which exact objects."""

from collections.abc import Mapping

from care_kit.demo.samba.seeds import Seed


def expected_failures(seed: Seed) -> Mapping[str, tuple[str, ...]]:
    """Check id to the sorted objects its finding must name; a check not listed must not fail."""
    if seed is Seed.SAIN:
        return {}
    from care_kit.demo.samba.seed.hopital_flaws import FAILURES

    return {check: tuple(sorted(objects)) for check, objects in FAILURES.items()}
