"""The tree as WeasyPrint wrote it, read beside the boxes that it was made of."""

from collections.abc import Iterator
from typing import Any

import pydyf

from impactbrief.render.structure.nodes import Annotated, Content, Kid, Node, contents, is_element

_LIST_NUMBERING = {
    "disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal",
    "lower-alpha": "LowerAlpha", "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman", "upper-roman": "UpperRoman",
}  # fmt: skip
_OWN_TAGS = {"pre": "P", "code": "Code", "q": "Quote"}
_CONTENTS_TAGS = {"L": "TOC", "LI": "TOCI", "LBody": "NonStruct"}


class Reader:
    """Walks the boxes in the order in which WeasyPrint makes elements of them."""

    def __init__(self, document: Any, pdf: Any) -> None:
        self.document = document
        written = [item for item in pdf.objects if is_element(item)]
        self.top = written[0]
        self.left = iter(written[1:])
        self.running: list[Content] = []
        """What stands in the margins."""

    def root(self) -> Node:
        root = Node("Document", None, self.document.metadata.lang, object=self.top)
        for number, page in enumerate(self.document.pages):
            root.kids += self.boxes(page._page_box, root, number)
        if next(self.left, None) is not None:
            raise RuntimeError("the structure tree has more than these boxes")
        return root

    def boxes(self, box: Any, parent: Node, page: int) -> list[Kid]:
        """What a box adds to its parent."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder
        from weasyprint.pdf.tags import _get_pdf_tag

        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        name = None if box.element is None else box.element_tag
        tag = _get_pdf_tag(name)
        if name in ("html", "body") or isinstance(box, boxes.PageBox):
            if isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox):
                return [kid for child in box.children for kid in self.boxes(child, parent, page)]
        elif isinstance(box, boxes.MarginBox):
            for child in box.children:
                self.running += contents(self.boxes(child, parent, page))
            return []
        elif tag in ("TD", "TH"):
            tag = "NonStruct" if parent.written in ("TD", "TH") else tag
        elif tag == "LI":
            unmarked = name == "li" and (
                "list-item" not in box.style["display"] or box.style["list_style_type"] == "none"
            )
            if parent.written == "LI":
                tag = "LBody"
            elif parent.written == "LBody":
                tag = "NonStruct"
            elif name in ("dt", "dd") or unmarked:
                item = self.node("LI", box, parent)
                item.kids = self.boxes(box, item, page)
                return [item]
        node = self.node(tag, box, parent)
        numbers = iter([kid for kid in self._written["K"] if isinstance(kid, int)])
        if box.link_annotation:
            node.kids.append(Annotated(self._written["K"][0], box.link_annotation))
        for child in _children(box, tag):
            if isinstance(child, boxes.TextBox):
                number = next(numbers) if tag == "Link" else self.next("Span")["K"][0]
                node.kids.append(Content(page, number, blank=not child.text.strip()))
            else:
                # WeasyPrint puts a list below a list's item beside it
                outside = tag == "LI" and child.element_tag in ("ul", "ol")
                node.written = "L" if outside else tag
                node.kids += self.boxes(child, node, page)
                node.written = tag
        node.kids += [Content(page, number) for number in numbers]
        if name == "figure":
            _caption(node)
        return node.kids if self.is_nothing(node, parent) else [node]

    def node(self, tag: str, box: Any, parent: Node) -> Node:
        written = self.next(tag)
        self._written = written
        name = box.element_tag if box.element is not None else ""
        node = Node(
            tag, box, box.style["lang"] or parent.language, written=tag, object=written,
            in_contents=parent.in_contents,
            keys={key: written[key] for key in ("A", "Alt") if key in written},
        )  # fmt: skip
        if tag == "Link":
            _name_link(node)
        elif tag == "NonStruct":
            node.tag = _OWN_TAGS.get(name, tag)
        elif tag == "L":
            kind = _LIST_NUMBERING.get(str(box.style["list_style_type"]), "None")
            node.keys["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{kind}"})
        elif tag == "Span" and parent.written == "LBody" and node.attribute("class") == "number":
            node.tag = "Lbl"
        node.in_contents |= name == "nav" and node.attribute("role") == "doc-toc"
        if node.in_contents:
            node.tag = _CONTENTS_TAGS.get(node.tag, node.tag)
            if node.tag == "TOC":
                del node.keys["A"]
        return node

    def next(self, tag: str) -> Any:
        written = next(self.left, None)
        if written is None or written["S"] != f"/{tag}":
            raise RuntimeError("the structure tree is not made of these boxes")
        return written

    @staticmethod
    def is_nothing(node: Node, parent: Node) -> bool:
        """Whether an element says nothing that the one above doesn't."""
        if node.language != parent.language:
            if node.tag == "NonStruct":
                node.tag = "Span" if _is_inline(node.box) else "Div"
            return False
        again = node.html is not None and node.html is parent.html and node.tag == parent.tag
        return node.tag in ("NonStruct", "Span") or again


def _is_inline(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import InlineLevelBox

    return isinstance(box, InlineLevelBox)


def _children(box: Any, tag: str) -> Iterator[Any]:
    """A box's children, with the lines between left out, and a table's captions among its rows."""
    from weasyprint.formatting_structure.boxes import LineBox

    children = getattr(box, "children", ())
    if tag == "Table" and box.is_table_wrapper and (table := box.get_wrapped_table()):
        children = [
            inner
            for child in box.children
            for inner in (child.children if child is table else [child])
        ]
    for child in children:
        if isinstance(child, LineBox):
            yield from child.children
        else:
            yield child


def _name_link(link: Node) -> None:
    """A link's description: its words, where WeasyPrint writes the name of its target."""
    if link.html is None:
        return
    label = link.attribute("aria-label")
    words = " ".join((label or "".join(link.html.itertext())).split())
    if label:
        link.keys["Alt"] = pydyf.String(words)
    if link.box.link_annotation and words:
        link.box.link_annotation["Contents"] = pydyf.String(words)


def _caption(figure: Node) -> None:
    """A figure's caption stands inside the picture or table that it is of."""
    held = next((node for node in figure.nodes if node.tag in ("Figure", "Table")), None)
    if held is None:
        return
    for caption in [node for node in figure.nodes if node.tag == "Caption"]:
        figure.kids.remove(caption)
        if held.tag == "Table":
            held.kids.insert(0, caption)
        else:
            held.kids.append(caption)
