"""The cache of built domains. The building itself is replaced: tests/lab does it for real."""

from pathlib import Path

import pytest

from care_kit.demo.samba import Seed, template


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(template.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(template, "_key", lambda _: "new")
    monkeypatch.setattr(template, "_build", built)
    return tmp_path / "cache"


def built(_: Seed, folder: Path) -> None:
    folder.mkdir()
    (folder / "sam.ldb").write_text("data")


def test_a_domain_is_built_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = template.template(Seed.SAIN)
    monkeypatch.delattr(template, "_build")
    assert template.template(Seed.SAIN) == first == cache / "sain-new"


def test_a_faster_process_wins_and_leaves_no_draft(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def while_another_builds(seed: Seed, folder: Path) -> None:
        built(seed, folder)
        built(seed, cache / "sain-new")
        (cache / "sain-new" / "winner").touch()

    monkeypatch.setattr(template, "_build", while_another_builds)
    assert (template.template(Seed.SAIN) / "winner").exists()
    assert [one.name for one in cache.iterdir()] == ["sain-new"]


def test_a_failed_build_leaves_nothing(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(seed: Seed, folder: Path) -> None:
        built(seed, folder)
        raise OSError("disk full")

    monkeypatch.setattr(template, "_build", failing)
    with pytest.raises(OSError, match="disk full"):
        template.template(Seed.SAIN)
    assert list(cache.iterdir()) == []


def test_former_templates_of_the_same_seed_are_dropped(cache: Path) -> None:
    (cache / "sain-old").mkdir(parents=True)
    (cache / "hopital-old").mkdir()
    template.template(Seed.SAIN)
    assert sorted(one.name for one in cache.iterdir()) == ["hopital-old", "sain-new"]
