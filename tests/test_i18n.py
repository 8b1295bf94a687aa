"""The interface's languages: which one is spoken, and whether each says all that English says."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from impactbrief import i18n
from tests.answer_files import MINIMAL, ROOT

PACKAGE = ROOT / "impactbrief"
SOURCES = sorted(PACKAGE.glob("locales/*/LC_MESSAGES/impactbrief.po"))
LANGUAGES = [source.parents[1].name for source in SOURCES]

Key = tuple[str, str | tuple[str, ...]]
"""Context and message; where it counts, both of its forms."""


# -- the words of the source -------------------------------------------------------------------


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call that looks words up, with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "N_", "ngettext", "pgettext")
                and path.name != "i18n.py"
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def key_of(call: ast.Call) -> Key:
    """What a call looks up."""
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    words = [text for text in texts if isinstance(text, str)]
    match call.func, words:
        case ast.Name(id="pgettext"), [context, message]:
            return context, message
        case ast.Name(id="ngettext"), [one, many]:
            return "", (one, many)
        case _, [message]:
            return "", message
    raise AssertionError(f"line {call.lineno}: these words can't be found by `make words`")


@cache
def spoken_by_source() -> set[Key]:
    """Every message of the source; a form that is looked up later is marked where it stands."""
    return {key_of(call) for _place, call in calls() if not isinstance(call.args[0], ast.Attribute)}


@cache
def catalogue(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file)


def messages(source: Path) -> list[Message]:
    return [message for message in catalogue(source) if message.id]


def key(message: Message) -> Key:
    text = message.id if isinstance(message.id, str) else tuple(message.id)
    return message.context or "", text


def pairs(source: Path) -> Iterator[tuple[str, str]]:
    """Each message with what a language says for it, form by form."""
    for message in messages(source):
        if isinstance(message.id, str):
            yield message.id, str(message.string)
        else:
            one, many = message.id
            for index, said in enumerate(message.string or ()):
                yield (one if index == 0 else many), said


def test_every_word_of_the_source_reaches_the_translators() -> None:
    """`make words` finds what the program looks up: nothing stands where Babel doesn't see it."""
    found: set[Key] = set()
    for _file, _line, message, _comments, context in extract_from_dir(PACKAGE):
        found.add((context or "", message if isinstance(message, str) else tuple(message)))
    assert spoken_by_source() - found == set()


@pytest.mark.parametrize("source", SOURCES, ids=LANGUAGES)
class TestCatalogue:
    """What holds for every language."""

    def test_it_is_complete(self, source: Path) -> None:
        """Every message has its words, none is a guess, none is left over. Else: `make words`."""
        there = {key(message) for message in messages(source)}
        assert spoken_by_source() - there == set()
        assert there - spoken_by_source() == set()
        assert [message.id for message in messages(source) if message.fuzzy] == []
        assert [text for text, said in pairs(source) if not said] == []
        assert not catalogue(source).obsolete

    def test_plurals_have_every_form(self, source: Path) -> None:
        """As many as the language has."""
        for message in messages(source):
            if not isinstance(message.id, str):
                assert len(message.string or ()) == catalogue(source).num_plurals, message.id

    def test_placeholders_are_the_same(self, source: Path) -> None:
        """Nothing that a message tells is lost, and nothing is asked for that isn't there."""
        for text, said in pairs(source):
            assert names(said) == names(text), text

    def test_blanks_and_lines_are_the_same(self, source: Path) -> None:
        """What stands before and behind a message is set for it."""
        for text, said in pairs(source):
            for of in (str.lstrip, str.rstrip):
                assert len(said) - len(of(said, " \n")) == len(text) - len(of(text, " \n")), text
            assert said.count("\n\n") == text.count("\n\n"), text

    def test_what_is_typed_as_it_stands_stays(self, source: Path) -> None:
        """Keys of the answer file, options, commands, addresses, keys of the keyboard."""
        typed = re.compile(
            r"`[^`]+`|--[a-z-]+|https?://[^\s,]+|\bF[1-9]\b|\[@|\bpip install '[^']+'"
            r"|\bimpactbrief (?:new|ask|check|render|doctor|questions)\b"
            r"|\b[A-Z]+_[A-Z_]+|\bdocs/[a-z-]+\.md"
        )
        for text, said in pairs(source):
            assert sorted(typed.findall(said)) == sorted(typed.findall(text)), text


def names(text: str) -> list[str]:
    """The placeholders of a message with their formats; braces of YAML are none."""
    try:
        found = [(name, spec, how) for _, name, spec, how in Formatter().parse(text) if name]
    except ValueError:
        return []
    return sorted(f"{name}!{how}:{spec}" for name, spec, how in found)


def test_french_is_set_as_french_is() -> None:
    """No-break spaces before high marks and inside « », and apostrophes that are no feet."""
    wrong = re.compile(r" [:;?!»]|« |\w'\w|[“”]|\w[?!](?:\s|$)")
    found = [said for text, said in pairs(SOURCES[LANGUAGES.index("fr")]) if wrong.search(said)]
    assert found == []


def test_portuguese_is_set_as_portuguese_is() -> None:
    """“…” for quotation marks, no space before high marks, the spelling in force since 1990."""
    wrong = re.compile(r"\w [:;!”]|\w \?$|“ |[«»]|\w’\w|ü|êem\b|ôo\b|éia|óic", re.IGNORECASE)
    found = [said for text, said in pairs(SOURCES[LANGUAGES.index("pt")]) if wrong.search(said)]
    assert found == []


def test_spanish_is_set_as_spanish_is() -> None:
    """Questions are opened where they are closed, no mark stands off its word, quotes are “ ”."""
    wrong = re.compile(r"\w [:;?!,]|[¿¡(“] |[«»’]")
    for _text, said in pairs(SOURCES[LANGUAGES.index("es")]):
        read = re.sub(r"“\?”|Escriba \?|\{.*?\}", "X", said)  # the key, and what is filled in
        assert not wrong.search(read), said
        for opened, closed in ("¿?", "¡!", "“”"):
            assert read.count(opened) == read.count(closed), said


# -- which language is spoken ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA@euro"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "xx_XX.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_BE"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "xx:en:fr"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "xx:fr:en"}, "fr"),
        ({"LANG": "en_US.UTF-8", "IMPACTBRIEF_LANGUAGE": "fr"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "IMPACTBRIEF_LANGUAGE": "en"}, "en"),
        ({"IMPACTBRIEF_LANGUAGE": "fr-CH"}, "fr"),
        ({"LANG": "pt_BR.UTF-8"}, "pt"),
        ({"LANG": "pt_MZ.UTF-8"}, "pt"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANGUAGE": "ru:es_AR"}, "es"),
        ({"IMPACTBRIEF_LANGUAGE": "../fr"}, "en"),
    ],
)
def test_the_environment_chooses(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first language that is asked for and is there; else English."""
    monkeypatch.delenv("LANG")
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert i18n.spoken() == language


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues with one, in Esperanto, that nobody has compiled."""
    folder = tmp_path / "locales" / "eo" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "impactbrief.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Back"\nmsgstr "Reen"\n\n#, fuzzy\nmsgid "Next"\nmsgstr "Divenita"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(i18n, "LOCALES", str(tmp_path / "locales"))
    monkeypatch.setenv("IMPACTBRIEF_LANGUAGE", "eo")
    i18n._catalogue.cache_clear()
    yield folder
    i18n._catalogue.cache_clear()


def test_a_changed_catalogue_needs_no_step(catalogues: Path) -> None:
    """It is read itself where it is newer than what was compiled of it; guesses are not said."""
    assert i18n.languages() == ["en", "eo"]
    assert (i18n._("Back"), i18n._("Next"), i18n._("Help")) == ("Reen", "Next", "Help")
    (catalogues / "impactbrief.mo").write_bytes(b"old")
    os.utime(catalogues / "impactbrief.mo", (1, 1))
    i18n._catalogue.cache_clear()
    assert i18n._("Back") == "Reen"


def test_a_broken_install_speaks_english(catalogues: Path) -> None:
    """No word of it is worth a crash."""
    (catalogues / "impactbrief.po").unlink()
    assert i18n._("Back") == "Back"
    assert i18n.ngettext("{count} word", "{count} words", 2) == "{count} words"


# -- in French ---------------------------------------------------------------------------------


def run(*arguments: str, cwd: Path, language: str = "fr_FR.UTF-8", typed: str = "") -> str:
    """What the command says in a language, to both streams."""
    done = subprocess.run(
        [sys.executable, "-m", "impactbrief", *arguments],
        cwd=cwd, env=os.environ | {"LANG": language, "COLUMNS": "80"}, input=typed,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    return done.stdout.replace("\N{NO-BREAK SPACE}", " ")


def test_help_speaks_french(tmp_path: Path) -> None:
    """Our words and Click's own; commands and options are called as ever."""
    said = run("--help", cwd=tmp_path)
    assert said.startswith("Usage : impactbrief [OPTIONS] [FICHIER] | COMMANDE\n")
    assert "Montrer ce message et finir." in said
    assert re.search(r"^  check +Montrer ce qui est faux ou ce qui manque\.$", said, re.MULTILINE)
    assert "Erreur : L’option '--nope' n’existe pas." in run("check", "--nope", cwd=tmp_path)


def test_check_keeps_codes_and_ids(tmp_path: Path) -> None:
    """What programs read is the same in every language; what people read is not."""
    text = MINIMAL + "assessment:\n  privacy: {impact: strongly-negative}\nnonsense: 1\n"
    (tmp_path / "brief.yaml").write_text(text, encoding="utf-8")
    told = ("file", "line", "column", "code", "weight", "where")
    reports = []
    for language in ("C.UTF-8", "fr_FR.UTF-8"):
        found = json.loads(run("check", "--format", "json", "brief.yaml", cwd=tmp_path,
                               language=language))  # fmt: skip
        reports.append([[each[name] for name in told] for each in found])
    assert reports[0] == reports[1]
    said = run("check", "brief.yaml", cwd=tmp_path)
    assert "brief.yaml:6:1: problème IB101: La clé « nonsense »" in said
    assert re.search(r"^brief\.yaml:\d+:\d+: lacune IB\d{3}: ", said, re.MULTILINE)


LOOK = """
import asyncio, sys
from pathlib import Path
from impactbrief import i18n
{before}
from tests.tui.person import person

async def look():
    async with person({file}) as who:
        for keys in {keys!r}:
            await who.press(*keys)
            await who.pilot.pause(0.1)
            sys.stdout.write(who.screen + "\\f")

asyncio.run(look())
"""
"""Shows the screens of the wizard after each of some keys. A process of its own: many of its words
are looked up as modules are loaded."""


def screens(
    home: Path, *keys: list[str], language: str = "", before: str = "", file: str = "None"
) -> list[list[str]]:
    """What is seen after each of some keys, on 80 by 24 cells."""
    places = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DOCUMENTS_DIR")
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(keys=keys, before=before, file=file)],
        cwd=home, check=True, capture_output=True, encoding="utf-8",
        env=os.environ | dict.fromkeys(places, str(home))
        | {"IMPACTBRIEF_LANGUAGE": language, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip
    return [screen.split("\n") for screen in done.stdout.split("\f")[:-1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wizard_fits_80_by_24(language: str, tmp_path: Path) -> None:
    """On the start screen and on a question no word is cut and no key is left out."""
    [start, languages] = screens(tmp_path, [], ["l"], language=language)
    cut = [line for line in start if "…" in line and not re.search(r"\w…  ", line)]
    assert cut == []
    assert len(re.findall(r"(?:^|  ?)(?:N|E|O|H|F1|Q) \S", start[-1])) == 6
    assert any("1  English" in line for line in languages)
    (tmp_path / "brief.yaml").write_text(MINIMAL, encoding="utf-8")
    [work] = screens(tmp_path, [], language=language, file="Path('brief.yaml')")
    assert len(re.findall(r"(?:^|  ?)(?:\^[NBOGR]|F[14]) \S", work[-1])) == 7


ROOM = {
    **dict.fromkeys(
        ("Inclusive and open", "Shared responsibility", "Effective decisions",
         "Working with others"), 22,
    ),  # the outline
    **dict.fromkeys(
        ("New brief", "New from an example", "View an example", "Open a file…", "How it works",
         "Language", "Screen"), 22,
    ),  # the start screen
    **dict.fromkeys(("today {time}", "yesterday {time}"), 15),  # beside a recent file
}  # fmt: skip
"""Cells that there are for some messages, whatever the width of the window."""


@pytest.mark.parametrize("source", SOURCES, ids=LANGUAGES)
def test_columns_have_room(source: Path) -> None:
    """What stands in a column of its own is not cut."""
    said = {text: name.format(time="00:00") for text, name in pairs(source) if text in ROOM}
    assert said.keys() == ROOM.keys()
    assert {text: name for text, name in said.items() if len(name) > ROOM[text]} == {}


PSEUDO = """
import re

class Pseudo:
    def gettext(self, text):
        parts = re.split(r"(\\{[^{}]*\\})", text)
        return "".join(p if p.startswith("{") else re.sub("[A-Za-z]", "ж", p) for p in parts)
    def pgettext(self, context, text): return self.gettext(text)
    def ngettext(self, one, many, count): return self.gettext(many)

i18n._catalogue = lambda: Pseudo()
"""
"""A language in which every letter is the same: what is readable did not pass gettext."""


def test_every_word_on_the_screen_can_be_translated(tmp_path: Path) -> None:
    """No screen of the wizard's own has a word in plain English; names and keys are none."""
    (tmp_path / "brief.yaml").write_text(
        "impactbrief: 1\nlanguage: en\ndocument: {title: '1'}\nproposal: {name: '2'}\n",
        encoding="utf-8",
    )
    seen = screens(tmp_path, [], ["h"], ["escape", "n"], ["escape", "escape", "o"], before=PSEUDO)
    seen += screens(
        tmp_path, ["f2"], ["escape", "f1"], ["escape", "f3"], ["escape", "f8"],
        before=PSEUDO, file="Path('brief.yaml')",
    )  # fmt: skip
    names = {"impactbrief", "brief", "yaml", "Documents", "English", "en", "Pa", "C", "S"}
    left = set()
    for screen in seen:
        for line in screen:
            line = re.sub(r"\^[A-Z]|\bF\d+\b|~?/\S*", " ", line)
            left |= {word for word in re.findall(r"[A-Za-z]{2,}", line) if word not in names}
    assert left == set()


def test_a_page_for_others_speaks_its_own_language(tmp_path: Path) -> None:
    """The portfolio is in the language that was asked for, whatever the screen is in."""
    (tmp_path / "brief.yaml").write_text(MINIMAL, encoding="utf-8")
    for to in ("md", "html"):
        arguments = ("portfolio", "brief.yaml", "--to", to, "--language")
        french = run(*arguments, "fr", cwd=tmp_path, language="C.UTF-8")
        assert french == run(*arguments, "fr", cwd=tmp_path)
        assert "Portefeuille d’analyses" in french
        assert "Portfolio of briefs" in run(*arguments, "en", cwd=tmp_path)


def test_ask_proposes_the_language_of_the_screen(tmp_path: Path) -> None:
    """Who is asked in French most likely writes in French; commands are taken in both languages."""
    for commands, name in (("quitter\n", "une.yaml"), ("quit\n", "deux.yaml")):
        said = run("ask", name, cwd=tmp_path, typed=f"Essai\nLoi\n\n{commands}")
        assert "Appuyez sur Entrée pour fr." in said
        assert "language: fr" in (tmp_path / name).read_text(encoding="utf-8")
