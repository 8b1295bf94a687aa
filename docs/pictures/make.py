"""Draws README's pictures: the wizard at work, and pages of a finished brief.

    make pictures

The wizard's screen comes from the wizard itself, the pages from a PDF that it makes (through
Poppler's pdftocairo).
"""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
FONT_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)


async def wizard(example: Path, target: Path) -> None:
    """The work screen on a property, with the outline beside it."""
    from impactbrief.tui.app import Wizard

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / example.name
        copy.write_bytes(example.read_bytes())
        app = Wizard(str(copy))
        async with app.run_test(size=(110, 32)) as pilot:
            await pilot.pause(1)
            app.go_to_topic("decentralized-management")
            await pilot.pause(1)
            drawing = app.export_screenshot(title="impactbrief")
    # the picture must not fetch fonts from anywhere
    target.write_text(FONT_FACE.sub("", drawing), encoding="utf-8")


def pages(example: Path, first: int, last: int) -> None:
    """Pages of the full brief."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "brief.pdf"
        subprocess.run(
            [sys.executable, "-m", "impactbrief", "-q", "render", str(example), "--to", "pdf",
             "--output", str(pdf)],
            check=True,
        )  # fmt: skip
        for page in range(first, last + 1):
            svg = HERE / f"brief-{page}.svg"
            number = str(page)
            subprocess.run(
                ["pdftocairo", "-svg", "-f", number, "-l", number, str(pdf), str(svg)], check=True
            )


def main() -> None:
    if shutil.which("pdftocairo") is None:
        sys.exit("pdftocairo is missing. Install Poppler's tools (poppler-utils on Debian).")
    example = EXAMPLES / "korea-interconnection.yaml"
    asyncio.run(wizard(example, HERE / "wizard.svg"))
    pages(example, 1, 2)


if __name__ == "__main__":
    main()
