"""`render --watch`, as a real process: whatever is saved is rendered again."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from impactbrief.cli import run
from impactbrief.toolkit.load import DEFAULT, SHIPPED
from tests.batch.command import Shop, end, references, states, until, workers


@pytest.fixture
def watching(shop: Shop) -> Iterator[subprocess.Popen[bytes]]:
    """A watch over `in` and the file `alone/one.yaml`, with templates of its own."""
    shop.brief("in/a.yaml", "First")
    (shop.folder / "alone/refs").mkdir(parents=True)
    (shop.folder / "alone/refs/more.json").write_text(references("Old"))
    shop.brief("alone/one.yaml", "One", CITING)
    shop.brief("in/asking.yaml", "Asking", "toolkit: ./bank\n")
    shutil.copytree(SHIPPED / DEFAULT, shop.folder / "in/bank")
    (shop.folder / "in/bank/bank.yaml").write_text("bank: [\n")
    process = shop.start(
        "in", "alone/one.yaml", "--to", "md", "-o", "out", "--watch",
        "--template", shop.hanging_templates(), "--report", "report.json",
    )  # fmt: skip
    try:
        assert until(lambda: "Old" in text(shop, "one") and "First" in text(shop, "a"))
        time.sleep(0.5)
        yield process
    finally:
        end(process)


CITING = "bibliography: [refs/more.json]\nsections: {context: 'See [@a].'}\n"


def text(shop: Shop, name: str) -> str:
    path = shop.folder / "out" / f"{name}.md"
    return path.read_text() if path.exists() else ""


def test_every_kind_of_change(shop: Shop, watching: subprocess.Popen[bytes]) -> None:
    """A question bank that was broken or wasn't there, saved in place, saved by renaming, new,
    deleted, templates, also those that are links, bibliographies, broken files."""
    shutil.copy(SHIPPED / DEFAULT / "bank.yaml", shop.folder / "in/bank")
    assert until(lambda: "Asking" in text(shop, "asking"), 20)

    shop.brief("in/a.yaml", "In place")
    assert until(lambda: "In place" in text(shop, "a"))

    shop.brief("in/.a.yaml.new", "By renaming")
    (shop.folder / "in/.a.yaml.new").replace(shop.folder / "in/a.yaml")
    assert until(lambda: "By renaming" in text(shop, "a"))

    shop.brief("in/deep/new.yaml", "Brand new")
    assert until(lambda: (shop.folder / "out/deep/new.md").exists())

    shop.brief("elsewhere/moved.yaml", "Moved here")
    (shop.folder / "elsewhere").rename(shop.folder / "in/moved")
    assert until(lambda: (shop.folder / "out/moved/moved.md").exists())

    shop.brief("alone/.one.swp", "One renamed", CITING)
    (shop.folder / "alone/.one.swp").replace(shop.folder / "alone/one.yaml")
    assert until(lambda: "One renamed" in text(shop, "one"))

    (shop.folder / "alone/refs/more.json").write_text(references("New"))
    assert until(lambda: "New" in text(shop, "one"))

    shop.brief("alone/one.yaml", "Asking elsewhere", "toolkit: ../own/deep/bank\n")
    time.sleep(1)
    shutil.copytree(SHIPPED / DEFAULT, shop.folder / "own/deep/bank")
    assert until(lambda: "Asking elsewhere" in text(shop, "one"))

    (shop.folder / "in/a.yaml").write_text("impactbrief: 1\ndocument:\n\ttitle: Tab\n")
    (shop.folder / "in/deep/new.yaml").unlink()
    time.sleep(1)
    shop.brief("in/a.yaml", "Mended")
    assert until(lambda: "Mended" in text(shop, "a"))
    assert (shop.folder / "out/deep/new.md").exists()
    assert until(lambda: set(states(shop)) == {"a.md", "asking.md", "moved.md", "one.md"})

    with (shop.folder / "templates/brief/brief.md.j2").open("a") as file:
        file.write("Another end.\n")
    assert until(lambda: all("Another end." in text(shop, name) for name in ("a", "one")))

    (shop.folder / "templates/brief").rename(shop.folder / "design")
    (shop.folder / "templates/brief").symlink_to("../design")
    time.sleep(1)
    with (shop.folder / "design/brief.md.j2").open("a") as file:
        file.write("An end elsewhere.\n")
    assert until(lambda: all("An end elsewhere." in text(shop, name) for name in ("a", "one")), 10)

    os.killpg(watching.pid, signal.SIGINT)
    assert until(lambda: not workers(watching.pid), 2)
    said = watching.communicate(timeout=10)[1].decode()
    assert watching.returncode == 130
    assert "in/a.yaml:3:1: A tab is used for indentation." in said
    assert "in/deep/new.yaml is gone; its documents stay." in said
    assert "Traceback" not in said


def test_standard_input_cant_be_watched() -> None:
    """It doesn't change."""
    assert run(["render", "-", "--watch", "-o", "out"]) == 2
