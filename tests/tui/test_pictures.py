"""Pictures of the main screens: what changes a screen's looks changes a file here, to be looked at.

    python -m tests.tui.test_pictures

draws them anew; open those that changed in a browser before they are committed. A picture holds
text, colours and places, so a changed word shows as well as a changed frame.
"""

import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import chdir
from pathlib import Path

import pytest

from tests.answer_files import MINIMAL, ROOT
from tests.tui.person import Person, person

FOLDER = Path(__file__).parent / "pictures"
FONT_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""Where a browser would fetch fonts from."""

OPEN = (
    MINIMAL
    + """assessment:
  privacy: {impact: strongly-negative, effect_on_internet: "It [does] harm."}
  integrity: {impact: positive}
"""
)
"""A brief with much left to do."""

Draw = Callable[[Person], Awaitable[object]]


async def rating(who: Person) -> None:
    await who.work.go("decentralized-management", 0)


async def text_and_guide(who: Person) -> None:
    await who.work.go("decentralized-management", 1)
    await who.press("ctrl+g", "escape")
    await who.wait("Ask yourself")


async def form(who: Person) -> None:
    await who.work.go("proposal", 0)
    await who.press("escape")


async def entries(who: Person) -> None:
    await who.work.go("stakeholders", 0)


async def review(who: Person) -> None:
    await who.press("ctrl+r")
    await who.wait("Worth a look")


async def export(who: Person) -> None:
    await review(who)
    await who.press("e")
    await who.wait("Files:")


async def menu(who: Person) -> None:
    await rating(who)
    await who.press("f2")
    await who.wait("Arrows, then Enter")
    await who.press("down")


async def start(who: Person) -> None:
    await who.wait("New brief")


SCREENS: dict[str, tuple[Draw, str, tuple[int, int], bool]] = {
    "start": (start, "", (80, 24), False),
    "rating": (rating, "korea-interconnection", (80, 24), False),
    "rating-wide": (rating, "korea-interconnection", (110, 32), False),
    "rating-plain": (rating, "korea-interconnection", (80, 24), True),
    "text-and-guide": (text_and_guide, "korea-interconnection", (120, 40), False),
    "form": (form, "korea-interconnection", (80, 24), False),
    "entries": (entries, "korea-interconnection", (80, 24), False),
    "review": (review, "open", (80, 24), False),
    "export": (export, "open", (80, 24), False),
    "menu": (menu, "korea-interconnection", (80, 24), False),
}


async def drawn(name: str, home: Path) -> str:
    """A screen as a picture."""
    draw, brief, size, plain = SCREENS[name]
    file = None
    if brief == "open":
        file = home / "open.yaml"
        file.write_text(OPEN)
    elif brief:
        file = Path(shutil.copy(ROOT / "examples" / f"{brief}.yaml", home))
    async with person(file, size=size, plain=plain) as who:
        await draw(who)
        await who.pilot.pause()
        svg = who.app.export_screenshot(title=name)
    svg = re.sub(r"terminal-\d+", "terminal", FONT_FACE.sub("", svg))
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def words(svg: str) -> list[str]:
    """What can be read in a picture, for a message that says what has changed."""
    found = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return [text.replace("&#160;", " ") for text in found]


@pytest.mark.parametrize("name", SCREENS)
async def test_screens_look_as_they_did(name: str, home: Path) -> None:
    """Text, colours and places are those of the picture that somebody has looked at."""
    before = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    now = await drawn(name, home)
    assert words(now) == words(before)
    assert now == before, "the words are the same; looks or places have changed"


def test_no_picture_is_left_over() -> None:
    """Every picture belongs to a screen."""
    assert sorted(path.stem for path in FOLDER.glob("*.svg")) == sorted(SCREENS)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in SCREENS:
        with tempfile.TemporaryDirectory() as folder, chdir(folder):
            home = Path(folder)
            (home / "Documents").mkdir()
            os.environ.update(
                HOME=folder, XDG_STATE_HOME=f"{folder}/.state", XDG_CONFIG_HOME=f"{folder}/.config",
                XDG_CACHE_HOME=f"{folder}/.cache", XDG_DOCUMENTS_DIR=f"{folder}/Documents",
            )  # fmt: skip
            svg = asyncio.run(drawn(name, home))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
