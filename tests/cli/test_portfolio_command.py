"""`impactbrief portfolio`: where its pages go."""

import pytest

from tests.answer_files import MINIMAL
from tests.cli.shell import Shell


@pytest.mark.parametrize("text", ['[{"id": "a", "type": "book"}]', MINIMAL])
def test_a_page_replaces_earlier_pages_only(shell: Shell, text: str) -> None:
    """Not a bibliography, nor an answer file that isn't among its own; with --force it does."""
    shell.file("a.yaml", MINIMAL + "bibliography: [refs.json]\n")
    path = shell.file("refs.json", text)
    shell.file("portfolio.csv", text)
    for output, to in (("refs.json", "json"), (".", "csv"), (".", "md,csv")):
        code, _out, err = shell("portfolio", "a.yaml", "--to", to, "-o", output)
        assert code == 4
        assert "A file with this name already exists." in err
        assert "--force" in err
    assert shell.files() == {"a.yaml", "refs.json", "portfolio.csv"}
    assert {path.read_text(encoding="utf-8")} == {text}
    assert shell("portfolio", "a.yaml", "--to", "json", "-o", "refs.json", "--force")[0] == 0
    before = path.read_bytes()
    shell.file("b.yaml")
    assert shell("portfolio", "a.yaml", "b.yaml", "--to", "json", "-o", "refs.json")[0] == 0
    assert path.read_bytes() != before


def test_a_folder_is_not_called_like_a_page(shell: Shell) -> None:
    """A file was meant: the way to it is told, before anything is read."""
    shell.file("a.yaml")
    code, _out, err = shell("portfolio", "a.yaml", "--to", "csv", "-o", "all.html")
    assert code == 2
    assert "all.html: This is named like a file" in err
    assert "--to html." in err


def test_nothing_is_made_of_nothing(shell: Shell) -> None:
    """A portfolio that would show no brief doesn't take the place of one that does."""
    shell.file("in/a.yaml")
    page = shell.folder / "portfolio.md"
    assert shell("portfolio", "in", "--to", "md", "-o", page)[0] == 0
    before = page.read_bytes()
    (shell.folder / "in" / "a.yaml").unlink()
    assert shell("portfolio", "in", "--to", "md", "-o", page)[0] == 3
    assert page.read_bytes() == before
