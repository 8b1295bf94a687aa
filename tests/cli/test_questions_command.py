"""`impactbrief questions`: the whole toolkit as a worksheet."""

import json

from tests.answer_files import MINIMAL
from tests.cli.shell import Shell


def test_a_worksheet_replaces_nothing_unasked(shell: Shell) -> None:
    """Not an answer file, nor a worksheet that somebody filled in; with --force it does.

    What is the same is no loss, so a script may run twice.
    """
    shell.file("a.yaml")
    for _time in range(2):
        assert shell("questions", "--to", "md", "-o", "sheet.md")[0] == 0
    filled = (shell.folder / "sheet.md").read_text(encoding="utf-8") + "Our answer.\n"
    shell.file("sheet.md", filled)
    for format_, name, text in (("json", "a.yaml", MINIMAL), ("md", "sheet.md", filled)):
        code, _out, err = shell("questions", "--to", format_, "-o", name)
        assert code == 4
        assert err.startswith(f"{name}: A file with this name already exists.")
        assert "--force" in err
        assert (shell.folder / name).read_text(encoding="utf-8") == text
    assert shell("questions", "--to", "json", "-o", "a.yaml", "--force")[0] == 0
    assert json.loads((shell.folder / "a.yaml").read_text(encoding="utf-8"))
