"""Where templates come from, and what they may reach."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from impactbrief.render import environment, fontconfig


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(fontconfig, "store", lambda: (folder / "fonts", True))
    environment.environment.cache_clear()
    yield folder / "templates"
    environment.environment.cache_clear()


def said(own: Path, words: str) -> str:
    (own / "a.html.j2").write_text(words)
    environment.environment.cache_clear()  # as in the next process
    return environment.run(environment.environment(own, escape=True), "a.html.j2", word="<b>")


def test_a_template_is_compiled_once(tmp_path: Path, cache: Path) -> None:
    """The next process finds it; a changed one is compiled anew."""
    assert said(tmp_path, "one {{ word }}") == "one &lt;b&gt;"
    [compiled] = cache.rglob("*.cache")
    before = compiled.stat().st_mtime_ns
    assert said(tmp_path, "one {{ word }}") == "one &lt;b&gt;"
    assert compiled.stat().st_mtime_ns == before
    assert said(tmp_path, "two {{ word }}") == "two &lt;b&gt;"


def test_what_was_damaged_is_compiled_again(tmp_path: Path, cache: Path) -> None:
    """Half a file says nothing."""
    said(tmp_path, "one {{ word }}")
    [compiled] = cache.rglob("*.cache")
    compiled.write_bytes(compiled.read_bytes()[:60])
    assert said(tmp_path, "one {{ word }}") == "one &lt;b&gt;"


def test_without_a_cache_folder_templates_run_too(tmp_path: Path, cache: Path) -> None:
    """A file lies where the folder should be."""
    cache.parent.mkdir()
    cache.write_text("")
    assert said(tmp_path, "one {{ word }}") == "one &lt;b&gt;"


@pytest.mark.parametrize("reached", ["''.__class__", "[].append(1)", "{}.clear()"])
def test_the_sandbox_remembers_what_is_refused(cache: Path, reached: str) -> None:  # noqa: ARG001
    """The first time and every other."""
    sandbox = environment.environment(escape=False)
    for _time in range(2):
        with pytest.raises(SecurityError):
            sandbox.from_string("{{ " + reached + " }}").render()


def test_templates_are_found_through_links(tmp_path: Path) -> None:
    """Files and folders elsewhere, where they lie there; links in a circle have an end, and a link
    to nothing is nothing."""
    own, elsewhere = tmp_path / "own", tmp_path / "elsewhere"
    for path in (own / "brief/a.css", elsewhere / "b.css", tmp_path / "one/c.css"):
        path.parent.mkdir(parents=True)
        path.touch()
    (own / "shared").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(own)
    (own / "c.css").symlink_to(tmp_path / "one/c.css")
    (own / "nothing.css").symlink_to("nowhere.css")
    found = [path.relative_to(own).as_posix() for path in environment.files_below(own)]
    assert found == ["brief/a.css", "c.css", "shared/b.css"]
    real = {own, elsewhere, tmp_path / "one/c.css"}
    assert environment.places(own) == {str(path.resolve()) for path in real}
