"""Entry of the seeding process: `provision FOLDER` or `fill FOLDER` (choices on stdin)."""

import json
import sys
from pathlib import Path

from care_kit.demo.samba.seed import fill, provision
from care_kit.demo.samba.seeds import Seed


def main() -> None:
    """Run one step; the password arrives on standard input, never in the arguments."""
    step, folder = sys.argv[1], Path(sys.argv[2])
    if step == "provision":
        provision.provision(folder)
    else:
        choices = json.load(sys.stdin)
        fill.fill(folder, Seed(choices["seed"]), choices["password"])


main()
