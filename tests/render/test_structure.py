"""The structure tree of a PDF: one element for each thing that a page says.

Each test lays out a page that is too short for what stands on it, or too narrow, and looks at the
tree that comes of it.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from impactbrief.errors import RenderError
from impactbrief.render import pdf

SMALL = "@page { size: 60mm 50mm; margin: 5mm } body { font: 10pt serif }"
LONG = "Words that go on and on over the end of a line and over the end of a page. " * 12


def tree(body: str, style: str = SMALL) -> "Element":
    page = (
        "<!doctype html><html lang='en'><head><title>A title</title>"
        f"<style>{style}</style></head><body>{body}</body></html>"
    )
    file = pikepdf.open(BytesIO(pdf.to_pdf(page).data))
    [top] = file.Root.StructTreeRoot.K
    return Element(top, file)


class Element:
    """An element of the tree, in words that tests like to say."""

    def __init__(self, node: Any, file: pikepdf.Pdf) -> None:
        self.node = node
        self.file = file
        """Kept open while its elements are looked at."""

    @property
    def tag(self) -> str:
        return str(self.node.S)[1:]

    @property
    def kids(self) -> "list[Element]":
        return [Element(kid, self.file) for kid in self.node.get("/K", []) if "S" in keys(kid)]

    @property
    def pages(self) -> set[int]:
        """The pages that its own words stand on."""
        places = {page.objgen: number for number, page in enumerate(self.file.pages)}
        return {places[page.objgen] for page, _number in self.words()}

    def words(self) -> Iterator[tuple[Any, int]]:
        for kid in self.node.get("/K", []):
            if isinstance(kid, int):
                yield self.node.Pg, kid
            elif "MCID" in keys(kid):
                yield kid.Pg, int(kid.MCID)

    @property
    def links(self) -> int:
        """How many places of the pages lead where it leads."""
        return sum("Obj" in keys(kid) for kid in self.node.get("/K", []))

    def all(self, tag: str) -> "list[Element]":
        here = [self] if self.tag == tag else []
        return here + [found for kid in self.kids for found in kid.all(tag)]

    def shape(self) -> str:
        below = " ".join(kid.shape() for kid in self.kids)
        return f"{self.tag}({below})" if below else self.tag

    def get(self, key: str) -> Any:
        return self.node.get(key)

    def attribute(self, key: str) -> Any:
        return self.node.A.get(key)


def keys(kid: Any) -> set[str]:
    return set() if isinstance(kid, int) else {key[1:] for key in kid}


def parents(top: Element) -> None:
    """Each marked piece of a page belongs to one element, and the page knows to which."""
    told = {}
    numbers = list(top.file.Root.StructTreeRoot.ParentTree.Nums)
    for key, found in zip(numbers[::2], numbers[1::2], strict=True):
        if isinstance(found, pikepdf.Array):
            page = top.file.pages[int(key)]
            for number, owner in enumerate(found):
                if isinstance(owner, pikepdf.Dictionary):
                    told[page.objgen, number] = owner.objgen
    found_below = {}

    def walk(element: Element) -> None:
        for page, number in element.words():
            assert (page.objgen, number) not in found_below
            found_below[page.objgen, number] = element.node.objgen
        for kid in element.kids:
            assert kid.node.P.objgen == element.node.objgen
            walk(kid)

    walk(top)
    assert told == found_below


# --- over the end of a page ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "tag", "shape"),
    [
        (f"<p>{LONG}</p>", "P", "Document(P)"),
        (f"<div><p>{LONG}</p></div>", "P", "Document(Div(P))"),
        (f"<ul><li>{LONG}</li></ul>", "LBody", "Document(L(LI(Lbl LBody)))"),
        (f"<ul style='list-style: none'><li>{LONG}</li></ul>", "LBody", "Document(L(LI(LBody)))"),
        (f"<ul><li><p>{LONG}</p></li></ul>", "P", "Document(L(LI(Lbl LBody(P))))"),
        (f"<h1>{LONG}</h1>", "H1", "Document(H1)"),
        (f"<blockquote>{LONG}</blockquote>", "P", "Document(BlockQuote(P))"),
        (f"<p><a href='https://example.org/'>{LONG}</a></p>", "Link", "Document(P(Link))"),
        (f"<p><i>{LONG}</i></p>", "P", "Document(P)"),
        (f"<p><span lang='fr'>{LONG}</span></p>", "Span", "Document(P(Span))"),
        (f"<pre style='white-space: pre-wrap'>{LONG}</pre>", "P", "Document(P)"),
        (f"<table><tr><td>{LONG}</table>", "TD", "Document(Table(TBody(TR(TD))))"),
    ],
)  # fmt: skip
def test_what_goes_over_the_end_of_a_page_is_one_element(body: str, tag: str, shape: str) -> None:
    """And it holds the words of all its pages."""
    top = tree(body)
    assert top.shape() == shape
    [element] = top.all(tag)
    assert element.pages == set(range(len(top.file.pages)))
    assert len(element.pages) > 1
    parents(top)


def test_the_head_of_a_table_is_read_once() -> None:
    """On later pages it is an artifact; a link in it leads from there too."""
    rows = "".join(f"<tr><th scope='row'>Row {i}<td>{i}" for i in range(30))
    head = "<tr><th scope='col'>Name<th scope='col'><a href='https://example.org/'>Value</a>"
    top = tree(f"<table><caption>All</caption><thead>{head}<tbody>{rows}</table>")
    pages = len(top.file.pages)
    assert pages > 2
    assert len(top.all("Table")) == len(top.all("Caption")) == len(top.all("THead")) == 1
    assert len(top.all("TR")) == 31
    [link] = top.all("Link")
    assert link.links == pages
    assert link.pages == {0}
    headed = sum(
        b"/Pagination" in b"".join(stream.read_bytes() for stream in _streams(page))
        for page in top.file.pages
    )
    assert headed == pages - 1
    parents(top)


def _streams(page: Any) -> list[Any]:
    contents = page.Contents
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


# --- tables -------------------------------------------------------------------------------------


def test_cells_name_the_headers_of_their_columns_row_and_group() -> None:
    """Also where cells span columns and rows, and where a group goes over the end of a page."""
    rows = "".join(f"<tr><th scope='row'>r{i}<td>{i}<td>x" for i in range(30))
    top = tree(
        "<table><thead><tr><th scope='col' rowspan='2'>Name<th scope='col' colspan='2'>Both"
        "<tr><th scope='col'>One<th scope='col'>Two"
        "<tbody><tr><th scope='rowgroup' colspan='3'>First<tr><th scope='row'>a<td>1<td>2"
        f"<tbody><tr><th scope='rowgroup' colspan='3'>Second{rows}</table>"
    )
    heads = top.all("TH")
    ids = [bytes(head.get("/ID")) for head in heads]
    name, both, one, two, first, row, second = ids[:7]
    assert len(set(ids)) == len(ids)
    assert [str(head.attribute("/Scope")) for head in heads[4:7]] == ["/Column", "/Row", "/Column"]

    def headers(cell: Element) -> list[bytes]:
        return [bytes(header) for header in cell.attribute("/Headers")]

    cells = top.all("TD")
    assert headers(cells[0]) == [first, row, both, one]
    assert headers(cells[1]) == [first, row, both, two]
    assert headers(cells[-1]) == [second, ids[-1], both, two]
    assert name not in headers(cells[-1])
    named = top.file.Root.StructTreeRoot.IDTree.Names
    assert [bytes(key) for key in named[::2]] == sorted(ids)


def test_a_table_in_a_cell_has_its_own_headers() -> None:
    """The outer one's cells name none of them, nor the other way round."""
    inner = "<table><tr><th scope='col'>in<tr><td>1</table>"
    top = tree(f"<table><tr><th scope='col'>out<th scope='col'>too<tr><td>{inner}<td>2</table>")
    out, too, within = (bytes(head.get("/ID")) for head in top.all("TH"))
    named = [[bytes(each) for each in cell.attribute("/Headers")] for cell in top.all("TD")]
    assert named == [[out], [within], [too]]


def test_a_head_alone_is_a_body() -> None:
    """A table's head must have a body below it."""
    assert tree("<table><thead><tr><th>a</table>").shape() == "Document(Table(TBody(TR(TH))))"


# --- lists, notes, references -------------------------------------------------------------------


def test_a_list_in_a_list_stands_in_its_item() -> None:
    """And lists say how they count."""
    top = tree("<ol><li>one<ul><li>below</ul><li>two</ol>", "ol {list-style: lower-alpha}")
    inner = "L(LI(Lbl LBody))"
    assert top.shape() == f"Document(L(LI(Lbl LBody({inner})) LI(Lbl LBody)))"
    said = [str(each.attribute("/ListNumbering")) for each in top.all("L")]
    assert said == ["/LowerAlpha", "/Circle"]


def test_typed_numbers_of_a_list_are_labels() -> None:
    """As those of a list of references."""
    item = "<li><span class='number'>[1]</span> A book"
    top = tree(f"<ul style='list-style: none'>{item}</ul>")
    assert top.shape() == "Document(L(LI(Lbl LBody)))"
    assert top.all("L")[0].attribute("/ListNumbering") == "/Decimal"


def test_notes_and_sources_are_tied_to_their_references_both_ways() -> None:
    """A note that is referred to twice names both; a link that leads to neither is no reference."""
    top = tree(
        "<p>Text<sup><a href='#note-1' role='doc-noteref'>1</a></sup> and again"
        "<sup><a href='#note-1' role='doc-noteref'>1</a></sup>, and"
        " <a href='#ref-a' role='doc-biblioref'>[A]</a>, <a href='#note-1'>so</a>.</p>"
        "<ol><li id='note-1'>The note</ol><div id='ref-a'>The book</div>"
    )
    one, again, source = top.all("Reference")
    [note] = top.all("Note")
    [entry] = top.all("BibEntry")
    assert [str(note.get("/ID")), str(entry.get("/ID"))] == ["note-1", "ref-a"]

    def tied(element: Element) -> list[Any]:
        return [other.objgen for other in element.get("/Ref")]

    assert tied(note) == [one.node.objgen, again.node.objgen]
    assert tied(one) == tied(again) == [note.node.objgen]
    assert tied(entry) == [source.node.objgen]
    assert tied(source) == [entry.node.objgen]
    assert len(top.all("Link")) == 4
    parents(top)


def test_contents_are_contents() -> None:
    """A list of what stands where, of references to it."""
    top = tree(
        "<nav role='doc-toc'><ol><li><a href='#a'>A</a><ol><li><a href='#b'>B</a></ol></ol></nav>"
        "<h1 id='a'>A</h1><h2 id='b'>B</h2>",
        "ol { list-style: none }",
    )
    inner = "TOC(TOCI(Reference(Link)))"
    assert top.shape() == f"Document(TOC(TOCI(Reference(Link) {inner})) H1 H2)"


# --- words --------------------------------------------------------------------------------------


def test_a_passage_in_another_language_says_so_once() -> None:
    """On the element that it is, else on a span or a group."""
    top = tree(
        "<p lang='fr'>Un <i>deux</i></p><p>One <i lang='de'>zwei</i></p>"
        "<section lang='ko'><p>셋</p></section><p lang='en'>Four</p>"
    )
    assert top.shape() == "Document(P P(Span) Sect(P) P)"
    said = [str(each.get("/Lang")) for tag in ("P", "Span", "Sect") for each in top.all(tag)]
    assert said == ["fr", "None", "None", "None", "de", "ko"]


def test_words_between_paragraphs_are_a_paragraph() -> None:
    """Blanks are nothing."""
    top = tree("<div>Some <b>words</b><p>A paragraph</p> \n <hr><p>Another</p> rest</div>")
    assert top.shape() == "Document(Div(P P P P))"
    parents(top)


def test_a_picture_holds_its_caption() -> None:
    """Beside its text equivalent."""
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><title>A dot</title>"
    top = tree(f"<figure>{drawing}<circle r='4'/></svg><figcaption>A caption</figcaption></figure>")
    assert top.shape() == "Document(Figure(Caption))"
    assert str(top.all("Figure")[0].get("/Alt")) == "A dot"


def test_code_is_code() -> None:
    """In a line and as a block."""
    assert tree("<p><code>a</code></p><pre><code>b</code></pre>").shape() == (
        "Document(P(Code) P(Code))"
    )


def test_the_order_of_boxes_is_held_against_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another WeasyPrint that makes other elements fails, and doesn't write a wrong tree."""
    import weasyprint.pdf.tags

    told = weasyprint.pdf.tags._build_box_tree

    def other(box: Any, parent: Any, *rest: Any) -> Any:
        for element in told(box, parent, *rest):
            if element["S"] == "/P":
                element["S"] = "/Div"
            yield element

    monkeypatch.setattr(weasyprint.pdf.tags, "_build_box_tree", other)
    with pytest.raises(RenderError, match="not made of these boxes"):
        tree("<p>Text</p>")
