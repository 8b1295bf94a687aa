"""Markdown: every example as a golden file, and what holds whatever is typed."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from wcwidth import width

from impactbrief.brief.build import DOCUMENTS
from impactbrief.brief.citations import Entry, Label, LabelPart
from impactbrief.brief.model import Brief, Cited, EvidenceItem, Section, Sentence, Text
from impactbrief.errors import TemplateError
from impactbrief.prose import parse
from impactbrief.render.markdown import (
    WIDE_TABLES,
    _laid_out,
    cited,
    inline,
    prose,
    quote,
    table,
    to_markdown,
    work,
    worksheet_markdown,
)
from impactbrief.toolkit.model import Words
from tests.conftest import EXAMPLES, ROOT
from tests.growth import grows_with_length
from tests.render.briefs import brief, shape, toolkit, words

GOLDEN = ROOT / "tests" / "golden"
MODULES = ROOT / "tests" / "node" / "node_modules"
LINT = MODULES / "markdownlint-cli2" / "markdownlint-cli2-bin.mjs"
KOREA = ROOT / "examples" / "korea-interconnection.yaml"


FIXTURES = ROOT / "tests" / "fixtures" / "markdown"
ODD = FIXTURES / "odd.yaml"
FRENCH = FIXTURES / "french.yaml"


def documents() -> list[tuple[Path, str]]:
    return [(example, document) for example in (*EXAMPLES, ODD, FRENCH) for document in DOCUMENTS]


def text(source: str, *labels: str) -> Text:
    """Prose with citations that print as `labels`."""
    marks = tuple(Cited(Label((LabelPart(label, label, "x"),)), ("x",)) for label in labels)
    return Text(parse(source), 4, marks)


# --- the examples -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("example", "document"), documents(), ids=lambda value: getattr(value, "stem", value)
)
def test_example_prints_as_its_golden_file(
    example: Path, document: str, request: pytest.FixtureRequest
) -> None:
    """Every change of what is printed is seen, and meant."""
    golden = GOLDEN / f"{example.stem}.{document}.md"
    printed = to_markdown(brief(example, document))
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8"), "see --update-golden"


def test_no_golden_file_is_left_over() -> None:
    """Each golden file belongs to an answer file that is there."""
    expected = {f"{example.stem}.{document}.md" for example, document in documents()}
    assert {golden.name for golden in GOLDEN.iterdir()} == expected


def test_markdownlint_finds_nothing(tmp_path: Path) -> None:
    """The examples and the worksheet pass all of markdownlint's rules as they come."""
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    node = shutil.which("node", path=search)
    if node is None or not LINT.exists():
        assert os.environ.get("CI") != "true", "type: .ci/setup test"
        pytest.skip("markdownlint is not installed here; type: .ci/setup test")
    for golden in GOLDEN.iterdir():
        shutil.copy(golden, tmp_path)
    (tmp_path / "worksheet.md").write_text(worksheet_markdown(toolkit()), encoding="utf-8")
    done = subprocess.run([node, LINT, "*.md"], cwd=tmp_path, capture_output=True, text=True)
    assert f"Linting: {len(list(tmp_path.iterdir()))} files" in done.stdout
    assert done.returncode == 0, done.stderr


def test_nothing_but_the_width_of_tables_is_switched_off() -> None:
    """A document of ours asks markdownlint for one thing, and only where a table is wide."""
    for example, document in documents():
        printed = to_markdown(brief(example, document))
        own = printed.count("<!-- markdownlint-configure-file")
        assert own == printed.endswith(f"\n{WIDE_TABLES}\n")
        assert own == any(width(row) > 80 for row in printed.split("\n") if row.startswith("| "))


def test_lines_fit_the_page() -> None:
    """Only a table's row, or a word that is longer than the page, goes beyond 80 columns."""
    printed = [to_markdown(brief(example, document)) for example, document in documents()]
    for line in "\n".join([*printed, worksheet_markdown(toolkit())]).split("\n"):
        if not line.startswith(("| ", "<!--", "#")):
            assert width(line) <= 80 or len(re.sub(r"^[ >-]*", "", line).split()) == 1, line


def test_the_same_brief_gives_the_same_text() -> None:
    """Nothing is left in a template's environment from one document to the next."""
    first = to_markdown(brief(KOREA))
    to_markdown(brief(EXAMPLES[0], "table"))
    assert to_markdown(brief(KOREA)) == first


def test_all_that_a_brief_says_is_printed() -> None:
    """No prose and no heading of a full brief is lost, and each stands once."""
    for example in EXAMPLES:
        said = words(to_markdown(brief(example)))
        for label in sorted(labels(brief(example)), key=len, reverse=True):
            said = said.replace(f" {label}", "")
        said = re.sub(r"\[\^?\d+\]| ?\[@[^]]*\]", "", said)
        for section in sections(brief(example)):
            assert section.heading in said or section.id == "notes"
        for found in texts([s for s in brief(example).sections if s.id != "glossary"]):
            for paragraph in found.prose.text().split("\n"):
                if len(paragraph) > 60 and "\t" not in paragraph:
                    assert said.count(" ".join(paragraph.split())) == 1


def test_sections_come_in_the_order_of_the_brief() -> None:
    """The order is the brief's, not a template's."""
    printed = to_markdown(brief(KOREA)).split("\n")
    expected = [f"{'#' * s.level} {s.heading}" for s in sections(brief(KOREA)) if s.id != "notes"]
    assert [line for line in printed if line in expected] == expected


def sections(of: Brief) -> list[Section]:
    return [section for top in of.sections for section in top.walk()]


def texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value) and not isinstance(value, Words):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def labels(of: Brief) -> set[str]:
    found = {cited_.label.text for text_ in texts(of.sections) for cited_ in text_.cited}
    return found - {""}


# --- prose --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("One. Two.", "**Effect.** One. Two."),
        ("- a\n- b", "**Effect.**\n\n- a\n- b"),
        ("## Head\n\nText", "**Effect.**\n\n#### Head\n\nText"),
        ("One.\n\nTwo.", "**Effect.** One.\n\nTwo."),
    ],
)
def test_prose_runs_on_from_its_label(source: str, printed: str) -> None:
    """A label begins the first paragraph, and stands alone before anything else."""
    assert prose(text(source), "Effect.") == printed


def test_a_citation_keeps_its_brackets_where_no_link_begins() -> None:
    """`[1, p. 4]` is printed bare; before a bracket or a colon it is escaped."""
    assert prose(text("A [@x].", "[1, p. 4]")) == "A [1, p. 4]."
    assert prose(text("A [@x; @y].", "[1], [2]")) == "A [1], [2]."
    assert prose(text("A [@x]: b.", "[1]")) == "A [1]: b."
    for follower in ("(b)", "[c]", ": d"):
        printed = prose(text(f"[@x]{follower}", "[1]"))
        assert words(printed) == f"[1]{follower}"
        assert "link_open" not in shape(printed)


def test_words_in_a_citation_are_no_markup() -> None:
    """What somebody typed before or behind a reference is escaped."""
    assert words(prose(text("A [@x].", "[see *1*, <b>]"))) == "A [see *1*, <b>]."


def test_a_list_of_facts_does_not_run_on_into_prose() -> None:
    """Where an author's text begins with a list, the two stay apart."""
    printed = to_markdown(brief(ODD))
    start = shape(printed.partition("## Context")[2].partition("###")[0])
    assert start.count("bullet_list_open ul") == 2


def test_an_unknown_citation_prints_as_typed() -> None:
    """Readers see which id has no reference."""
    assert prose(Text(parse("A [@lost]."), 4, (Cited(Label((), ("lost",)), ()),))) == "A [@lost]."
    assert cited(EvidenceItem(None, "lost", None)) == "[@lost]"
    assert words(cited(EvidenceItem(None, "l[o]*s*t", None))) == "[@{l[o]*s*t}]"


def test_prose_can_end_with_its_sources() -> None:
    """Sources follow the last sentence, or stand below what is no sentence."""
    assert prose(text("A."), tail=["[1],", "[2]"]) == "A. [1], [2]"
    assert prose(text("- a"), tail=["[1]"]) == "- a\n\n[1]"


def test_footnotes_have_the_numbers_of_the_document() -> None:
    """A field's own labels don't clash with another field's."""
    source = parse("A[^one] b[^two].\n\n[^one]: First.\n\n[^two]: Second.")
    assert prose(Text(source, 3, first_note=7)) == "A[^7] b[^8]."


def test_prose_leaves_room_for_what_it_stands_in() -> None:
    """In a list's item the page is narrower, whatever the prose is made of."""
    for source in ("word " * 40, "- " + "word " * 40, "> " + "word " * 40):
        printed = prose(text(source), "Effect.", indent=9)
        assert 60 < max(width(line) for line in printed.split("\n")) <= 71


def test_a_quotation_begins_with_its_label() -> None:
    """Suggested wording stands apart from the authors' own words."""
    assert quote(text("Shall."), "Wording.") == "> **Wording.** Shall."


def test_prose_on_one_line() -> None:
    """For a table's cell, in templates that want one."""
    assert inline(text("A | b\n\n- c [@x]", "[1]")) == "A \\| b c [1]"


def test_wide_characters_count_twice() -> None:
    """A line of Japanese and Latin words fits 80 columns of a terminal."""
    printed = prose(text("日本語の文章 word " * 20))
    assert max(width(line) for line in printed.split("\n")) <= 80
    assert table("| 日本 | b |\n| c | d |").split("\n")[2] == "| c    | d   |"


# --- references ---------------------------------------------------------------------------------


def entry(html: str, number: str | None = "[1]") -> Entry:
    return Entry("x", number, html, "", None)


def test_a_reference_is_no_link_definition() -> None:
    """`[1] …` stays words, with italics and links as a person would write them."""
    html = 'A. B, <i>C &amp; D</i>, <a href="https://e.org/?a&amp;b">https://e.org/?a&amp;b</a>'
    assert work(entry(html)) == "[1] A. B, *C & D*, <https://e.org/?a&b>"
    assert words(work(entry("https", "[1]")) + "\n\nA [1]") == "[1] https A [1]"


def test_numbers_of_any_style_are_no_list() -> None:
    """`1.` is printed, not counted."""
    assert shape(work(entry("A.", "1."))) == shape("word")
    assert words(work(entry("A.", "1."))) == "1. A."
    assert work(entry("A.", None)) == "A."
    indented = work(entry("word " * 40, None), indent=2)
    assert max(width(line) for line in indented.split("\n")) <= 78


# --- the page -----------------------------------------------------------------------------------


def with_sections(*made: Section) -> str:
    return to_markdown(replace(brief(KOREA), sections=made, footer=()))


def test_equal_headings_are_told_apart() -> None:
    """The higher one keeps its words; the others say where they stand, or count."""
    printed = with_sections(
        Section("a", "Context", 2, (), (Section("b", "Notes", 3), Section("c", "Open", 3))),
        Section("d", "Annex", 2, (), (Section("e", "Notes", 3), Section("f", "Notes", 3))),
        Section("g", "Open", 2),
    )
    assert re.findall("^#.*", printed, re.MULTILINE)[1:] == [
        "## Context",
        "### Notes",
        "### Open (Context)",
        "## Annex",
        "### Notes (Annex)",
        "### Notes (2)",
        "## Open",
    ]


def test_code_is_left_alone() -> None:
    """Blank lines, long lines and what looks like a heading in code are not ours to change."""
    code = "# Same\n\n\n\n# Same\n" + "x y " * 30 + "z"
    found = prose(text(f"````\n{code}\n````"))
    printed = with_sections(Section("a", "{{ }}", 2, (Sentence("S"),)))
    assert code in found
    assert "## {{ }}" in printed
    blocks = replace(brief(KOREA).title_block, editors_note=text(f"````\n{code}\n````"))
    quoted = to_markdown(replace(brief(KOREA), title_block=blocks, sections=()))
    assert all(f"> {line}".rstrip() in quoted for line in code.split("\n"))
    assert "> # Same\n>\n>\n>\n> # Same" in quoted


def test_long_lines_of_a_template_are_wrapped_without_a_trap() -> None:
    """A word that would begin a list or a heading never comes to stand first in its line."""
    sentence = " ".join(["word"] * 15 + ["on", "30", "May", "2022.", "-", "#", "+", "1)", "> x"])
    printed = with_sections(Section("a", "A", 2, (Sentence(sentence), Sentence("- " + sentence))))
    assert words(printed).count(sentence) == 2
    assert "list_item_open li" not in shape(printed.partition("## A")[2].partition("\n---")[0])


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    """A user's template is used, with ours for what is missing, and is tidied alike."""
    (tmp_path / "brief").mkdir()
    own = tmp_path / "brief" / "brief.md.j2"
    own.write_text(
        '{% import "shared/blocks.md.j2" as blocks with context %}\n\n\n\n'
        "# {{ brief.title_block.title | plain }}\n\n" + "word " * 30 + "\n\n"
        '{{ blocks.section(brief.section("conclusion")) }}'
    )
    printed = to_markdown(brief(KOREA), own=tmp_path)
    assert printed.startswith("# South Korea's interconnection rules\n\nword word")
    assert "## Conclusion\n\nThe Korean rules began" in printed
    assert "\n\n\n" not in printed
    own.write_text("{{ brief.nothing }}")
    with pytest.raises(TemplateError):
        to_markdown(brief(KOREA), own=tmp_path)


# --- the worksheet ------------------------------------------------------------------------------


def test_the_worksheet_asks_everything() -> None:
    """Every question, with the id it has in an answer file, every meaning and every source."""
    bank = toolkit()
    printed = worksheet_markdown(bank)
    said = words(printed).replace("\u00a0", " ")
    ids = [f"`plan.{question.id}`" for question in bank.planning]
    asked: list[Any] = [*bank.screening, *bank.governance, *bank.angles]
    ids += [f"`{question.id}`" for question in asked]
    ids += [f"`{id_}`" for id_ in (*bank.elements, *bank.ratings, *bank.sections)]
    for id_ in ids:
        assert id_ in printed
    data = json.loads(json.dumps([*texts_of(bank.planning), *texts_of(bank.screening)]))
    data += texts_of(tuple(bank.elements.values())) + texts_of(bank.governance)
    for words_ in [*data, bank.credit.credit, bank.credit.disclaimer]:
        assert " ".join(words_.split()) in said, words_
    for source in bank.sources.values():
        assert not source.url or f"<{source.url}>" in printed
        assert source.name in said


def texts_of(things: tuple[Any, ...]) -> list[str]:
    """The sentences in some entries of the bank."""
    found: list[str] = []
    for thing in things:
        for name, value in thing._asdict().items():
            if hasattr(value, "_asdict"):
                found += texts_of((value,))
            found += [v for v in (value if isinstance(value, tuple) else [value])
                      if isinstance(v, str) and " " in v and name != "short"]  # fmt: skip
    return [text_ for text_ in found if text_ not in SUMMARIES]


SUMMARIES = {element.summary for element in toolkit().elements.values()} | {
    question.label for question in toolkit().planning
}
"""What the wizard says shorter."""


def test_many_equal_headings_are_told_apart_in_time() -> None:
    """As many as somebody may repeat one."""
    assert grows_with_length(_laid_out, lambda length: "## Article\n\n" * length, 500)
    assert _laid_out("# a\n\n# a\n\n## a\n\n# a (2)\n\n# a\n").split("\n\n") == [
        "# a", "# a (3)", "## a (4)", "# a (2)", "# a (5)\n",
    ]  # fmt: skip
