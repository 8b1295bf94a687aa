"""`python -m impactbrief`, and the `impactbrief` command."""

import gc
import sys


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    gc.disable()  # until what is needed is loaded: see `settled`
    try:
        from impactbrief.cli import run
    except KeyboardInterrupt:
        sys.exit(130)  # stopped before there was anything to say it with
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
