"""`python -m impactbrief`, and the `impactbrief` command."""

import gc
import os
import sys


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    gc.disable()  # until what is needed is loaded: see `settled`
    try:
        from impactbrief.cli import run
    except KeyboardInterrupt:
        sys.exit(130)  # stopped before there was anything to say it with
    code = run(sys.argv[1:])
    if code == 130:
        # Everything is said and written. Python's own way out waits for a helper of its processes,
        # which waits for a fork server, which waits for us: on 3.13.5, for ever.
        sys.stdout.flush()
        sys.stderr.flush()
        if "multiprocessing.forkserver" in sys.modules:
            _clear_up()
        os._exit(code)
    sys.exit(code)


def _clear_up() -> None:
    """Takes away the folder of a fork server's socket, as Python's own way out does."""
    from multiprocessing.util import get_temp_dir
    from shutil import rmtree

    rmtree(get_temp_dir(), ignore_errors=True)


if __name__ == "__main__":
    main()
