"""How far a run is: on a terminal, in a log, with --quiet."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.batch.command import Shop


def on_a_terminal(shop: Shop, *arguments: str) -> str:
    """What the command shows on a terminal of 100 columns."""
    here, there = pty.openpty()
    process = subprocess.Popen(
        ["sh", "-c", 'stty cols 100 && exec "$@"', "sh", sys.executable, "-m", "impactbrief",
         "render", *arguments],
        cwd=shop.folder,
        env=os.environ | {"XDG_CACHE_HOME": str(shop.folder / "cache"), "TERM": "xterm",
                          "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=there, stdout=subprocess.DEVNULL, stderr=there,
    )  # fmt: skip
    os.close(there)
    shown = b""
    try:
        while data := os.read(here, 65536):
            shown += data
    except OSError:  # a terminal that nobody holds any more
        pass
    finally:
        os.close(here)
        process.wait()
    assert process.returncode == 1
    return shown.decode()


def shop_with_trouble(folder: Path, briefs: int = 6) -> Shop:
    shop = Shop(folder)
    for number in range(briefs):
        shop.brief(f"in/brief {number}.yaml", f"Brief {number}")
    (folder / "in/a tab.yaml").write_text("impactbrief: 1\ndocument:\n\ttitle: Tab\n")
    return shop


def test_a_terminal_has_one_line(tmp_path: Path) -> None:
    """Files done and failed, rate, time left and a name, drawn in place and taken away again."""
    shop = shop_with_trouble(tmp_path, 60)  # so many that the line is drawn more than once
    shown = on_a_terminal(shop, "in", "--to", "md,html", "-o", "out", "--jobs", "1")
    lines = re.findall(r"\r([^\r\n]*)\x1b\[K", shown)
    assert any(re.match(r"[█░]{20}  \d+/61 files  1 failed  ", line) for line in lines), shown
    assert any("documents/s" in line and "left" in line and "in/b" in line for line in lines)
    assert max(map(len, lines)) < 100
    assert lines[-1] == ""
    assert "out/brief 3.md" not in shown.replace("\x1b[K", "")
    assert "in/a tab.yaml:3:1:" in shown.replace("\x1b[1m", "")
    assert "gaps" not in shown
    assert "written: 120, unchanged: 0, failed: 2." in shown


def test_one_document_that_is_left_alone_is_told(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """There is no summary of one that would say so; of several, each is told with --verbose, and
    what they were made from."""
    shop.brief("a.yaml", more="bibliography: [refs.json]\n")
    (shop.folder / "refs.json").write_text("[]")
    render("a.yaml", "--to", "md")
    assert render("a.yaml", "--to", "md")[1].splitlines()[0] == "unchanged: a.md"
    assert render("a.yaml", "--to", "md", "-q") == (0, "")
    render("a.yaml", "--to", "md,html")
    assert "unchanged: a" not in render("a.yaml", "--to", "md,html")[1]
    said = render("a.yaml", "--to", "md,html", "-v")[1]
    assert said.startswith("unchanged: a.md\n")
    assert "\nunchanged: a.html\n" in said
    assert said.count(f"\na.yaml: made with {shop.folder / 'refs.json'}\n") == 1


def test_a_log_has_plain_lines_and_quiet_has_none(tmp_path: Path) -> None:
    """A line for each document, no control characters; with --quiet only what went wrong."""
    shop = shop_with_trouble(tmp_path)
    said = shop.run("in", "--to", "md", "-o", "out")[1]
    assert "\x1b" not in said
    assert "\r" not in said
    assert "out/brief 3.md\n" in said
    quiet = shop.run("in", "--to", "md", "-o", "out", "--quiet", "--force")[1]
    assert quiet.startswith("in/a tab.yaml:3:1:")
    assert "brief 3" not in quiet
