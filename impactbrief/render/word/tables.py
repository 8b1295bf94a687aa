"""Tables: columns of given shares, a head that repeats on every page, rows that stay whole."""

from collections.abc import Sequence

from impactbrief.render.word.line import Story
from impactbrief.render.word.package import Element, w
from impactbrief.render.word.writer import Writer


class Table:
    """A table in the making. Its cells are stories; `end` closes it."""

    def __init__(
        self,
        writer: Writer,
        story: Story,
        shares: Sequence[float],
        *,
        caption: str = "",
        row_heads: bool = False,
    ) -> None:
        self._writer, self._story = writer, story
        indent = story.indent
        room = story.room - indent
        total = sum(shares)
        self.widths = [round(room * share / total) for share in shares]
        look = {"firstRow": 1, "lastRow": 0, "firstColumn": int(row_heads), "lastColumn": 0}
        properties = [w("tblStyle", val="BriefTable")]
        if writer.from_right:
            properties.append(w("bidiVisual"))
        properties.append(w("tblW", w=sum(self.widths), type="dxa"))
        if indent:
            properties.append(w("tblInd", w=indent, type="dxa"))
        properties.append(w("tblLayout", type="fixed"))
        properties.append(w("tblLook", val="0000", **look, noHBand=1, noVBand=1))
        if caption:
            properties.append(w("tblCaption", val=caption))
        columns = [w("gridCol", w=width) for width in self.widths]
        self._table: Element = w("tbl", w("tblPr", *properties), w("tblGrid", *columns))
        story.element.append(self._table)

    def row(
        self, *, header: bool = False, spans: Sequence[int] = (), divides: bool = False
    ) -> list[Story]:
        """The cells of a new row. One that `divides` may begin on one page and end on the next."""
        properties = [] if divides else [w("cantSplit")]
        if header:
            properties.append(w("tblHeader"))
        row = w("tr", *([w("trPr", *properties)] if properties else []))
        self._table.append(row)
        cells, column = [], 0
        for span in spans or [1] * len(self.widths):
            width = sum(self.widths[column : column + span])
            column += span
            look = [w("tcW", w=width, type="dxa")]
            if span > 1:
                look.append(w("gridSpan", val=span))
            cell = w("tc", w("tcPr", *look))
            row.append(cell)
            cells.append(self._story.inner(element=cell, style="TableText", indent=0, room=width))
        return cells

    @staticmethod
    def tint(cell: Story, colour: str) -> None:
        """Fills a cell with a colour."""
        cell.element[0].append(w("shd", val="clear", color="auto", fill=colour.lstrip("#")))

    def end(self) -> None:
        """Gives every cell the paragraph that it must end with, and parts the table from what
        follows."""
        for row in self._table.iterchildren(w("tr").tag):
            for cell in row.iterchildren(w("tc").tag):
                if cell[-1].tag != w("p").tag:
                    cell.append(w("p", w("pPr", w("pStyle", val="TableText"))))
        self._writer.line(self._story, "Spacer", indent=0)
