"""Provisioned and filled domains, built once and kept in a cache folder to be copied."""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from care_kit.demo.samba import bindings, settings
from care_kit.demo.samba.seeds import ADDRESS, Seed

CACHE_VARIABLE = "CARE_KIT_LAB_CACHE"
SECRET = "auditor.json"  # noqa: S105 - a file name
_SEED_FOLDER = Path(__file__).parent / "seed"
_SEEDING = "care_kit.demo.samba.seed"


def template(seed: Seed) -> Path:
    """Folder of the filled domain, built on first use; never started in place.

    The auditor's throw-away password is in its `auditor.json` (mode 600).
    """
    cache = _cache_folder()
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    ready = cache / f"{seed}-{_key(seed)}"
    if ready.is_dir():
        return ready
    draft = cache / f".{ready.name}.{os.getpid()}.{secrets.token_hex(4)}"
    try:
        _build(seed, draft)
        _publish(draft, ready)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _forget_others(seed, ready)
    return ready


def _publish(draft: Path, ready: Path) -> None:
    try:
        draft.rename(ready)
    except OSError:
        if not ready.is_dir():  # another process was not faster: a true failure
            raise


def _cache_folder() -> Path:
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("care-kit", appauthor=False)) / "samba"


def _key(seed: Seed) -> str:
    """Changes with Samba, with the seed's code and every month: seeded ages must stay true."""
    version = subprocess.run(["samba", "-V"], capture_output=True, check=True).stdout  # noqa: S607
    digest = hashlib.sha256(version + seed.encode() + f"{datetime.now(UTC):%Y-%m}".encode())
    for file in (*sorted(_SEED_FOLDER.glob("*.py")), Path(settings.__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _build(seed: Seed, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    secret = json.dumps({"seed": seed, "password": f"{secrets.token_urlsafe(18)}-aA1!"})
    bindings.run(_SEEDING, ["provision", str(folder)])
    settings.write(folder, ADDRESS)
    bindings.run(_SEEDING, ["fill", str(folder)], secret)
    file = folder / SECRET
    file.touch(mode=0o600)
    file.write_text(secret, encoding="utf-8")


def _forget_others(seed: Seed, ready: Path) -> None:
    """Drop the templates of that seed that a month or a change of code made useless."""
    for other in ready.parent.glob(f"{seed}-*"):
        if other != ready:
            shutil.rmtree(other, ignore_errors=True)
