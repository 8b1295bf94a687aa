"""The structure tree of a PDF: what a screen reader reads, made of the boxes on the pages.

WeasyPrint writes an element for each box. A paragraph, list, row or link that goes over the end of
a line or page is several boxes, and so several elements; the head of a table comes again on every
page; running lines are content like all other; languages, scopes, notes and references are unknown.
Here the tree is read, beside the boxes that it was made of, and written anew: one element for each
thing that the document says.

WeasyPrint keeps no link between its elements and the boxes, but makes the one from the other in a
settled order. A difference between the two is a bug and raises RuntimeError.
"""

from typing import Any

from impactbrief.render.structure.joining import join, level, settle
from impactbrief.render.structure.reading import Reader
from impactbrief.render.structure.ties import refer, tie_cells
from impactbrief.render.structure.writing import Writer


def mend(document: Any, pdf: Any) -> None:
    """Writes the structure tree of `pdf` anew, which WeasyPrint made of `document`."""
    reader = Reader(document, pdf)
    root = reader.root()
    artifacts = reader.running
    join(root, artifacts)
    settle(root, artifacts)
    level(root)
    refer(root)
    tables = (node for node in root.all() if node.tag == "Table")
    for number, table in enumerate(tables, start=1):
        tie_cells(table, f"table-{number}")
    Writer(pdf).write(root, artifacts)
