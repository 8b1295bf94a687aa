"""What leads to what: references to notes and sources, cells to their headers."""

from collections.abc import Iterator
from dataclasses import dataclass

import pydyf

from impactbrief.render.structure.nodes import Node

_REFERENCES = {"doc-noteref": "Note", "doc-biblioref": "BibEntry"}
"""The role of a link that refers to something, and the tag of what it refers to."""


def refer(root: Node) -> None:
    """References to notes and sources, each tied to what it refers to and back."""
    places = _places(root)
    targets: dict[str, Node] = {}
    for node in list(root.all()):
        for index, link in enumerate(node.kids):
            if not isinstance(link, Node) or link.tag != "Link":
                continue
            target = _REFERENCES.get(link.attribute("role"))
            if target is None and not link.in_contents:
                continue
            reference = Node("Reference", None, node.language, [link])
            node.kids[index] = reference
            name = link.attribute("href").removeprefix("#")
            if target and name in places:
                if name not in targets:
                    targets[name] = _target(places[name], target)
                    targets[name].keys |= {"ID": pydyf.String(name), "Ref": []}
                targets[name].keys["Ref"].append(reference)
                reference.keys["Ref"] = [targets[name]]


def _places(root: Node) -> dict[str, Node]:
    """What has an id. The id of a list's label is its item's: there the PDF writer has less to
    do."""
    places: dict[str, Node] = {}
    for node in root.all():
        labels = [kid for kid in node.nodes if kid.tag == "Lbl"] if node.tag == "LI" else []
        for named in [node, *labels]:
            if name := named.attribute("id"):
                places.setdefault(name, node)
    return places


def _target(place: Node, tag: str) -> Node:
    """The note or source that stands in a place; in a list, as the body of its item."""
    holder = place.nodes[-1] if place.tag == "LI" else place
    found = Node(tag, None, holder.language, holder.kids)
    holder.kids = [found]
    return found


@dataclass(slots=True)
class _Cell:
    node: Node
    rows: range
    columns: range
    scope: str
    group: Node | None
    """The header of the group of rows that it stands in."""


def tie_cells(table: Node, name: str) -> None:
    """A scope for each header cell; each other cell names its headers, that of its group too."""
    cells = list(_cells(table))
    headers = [cell for cell in cells if cell.node.tag == "TH"]
    for number, header in enumerate(headers, start=1):
        header.node.keys["ID"] = pydyf.String(f"{name}-{number}")
        scope = "/Row" if header.scope == "row" else "/Column"
        header.node.keys["A"]["Scope"] = scope
    for cell in cells:
        if cell.node.tag != "TD":
            continue
        found = [cell.group] if cell.group else []
        found += [it.node for it in headers if it.scope == "row" and _meet(it.rows, cell.rows)]
        found += [
            it.node
            for it in headers
            if it.scope not in ("row", "rowgroup") and _meet(it.columns, cell.columns)
        ]
        if found:
            cell.node.keys["A"]["Headers"] = pydyf.Array(it.keys["ID"] for it in found)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _rows(part: Node) -> Iterator[Node]:
    """The rows of a table or a part of it, without those of tables in its cells."""
    for node in part.nodes:
        if node.tag == "TR":
            yield node
        elif node.tag in ("THead", "TBody", "TFoot"):
            yield from _rows(node)


def _cells(table: Node) -> Iterator[_Cell]:
    taken: set[tuple[int, int]] = set()
    group: Node | None = None
    for row, node in enumerate(_rows(table)):
        column = 0
        for cell in node.nodes:
            while (row, column) in taken:
                column += 1
            high, wide = (cell.keys["A"].get(key, 1) for key in ("RowSpan", "ColSpan"))
            rows_, columns = range(row, row + high), range(column, column + wide)
            taken |= {(down, right) for down in rows_ for right in columns}
            scope = cell.attribute("scope") or "col"
            if scope == "rowgroup":
                group = cell
            yield _Cell(cell, rows_, columns, scope, group)
            column += wide
