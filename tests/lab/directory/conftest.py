import random
from collections.abc import Iterator

import pytest

from care_kit.demo.samba import LabDomain, Seed, running_domain


def own_address() -> str:
    """A loopback address of its own: several test sessions may share a machine."""
    return "127." + ".".join(str(random.randint(1, 254)) for _ in range(3))


@pytest.fixture(scope="session")
def hopital() -> Iterator[LabDomain]:
    with running_domain(Seed.HOPITAL, own_address()) as domain:
        yield domain


@pytest.fixture(scope="session")
def sain() -> Iterator[LabDomain]:
    with running_domain(Seed.SAIN, own_address()) as domain:
        yield domain
