"""`python -m care_kit`, `care-kit` and `care` start here."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from care_kit.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
