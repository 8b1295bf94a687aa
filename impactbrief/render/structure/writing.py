"""The tree written into the objects of a PDF."""

from typing import Any

import pydyf

from impactbrief.render.structure.nodes import Annotated, Content, Kid, Node, is_element


class Writer:
    """Writes the tree into the PDF's objects, and what each piece of a page belongs to."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.tree = self.object(pdf.catalog["StructTreeRoot"])
        self.parents = self.object(self.tree["ParentTree"])["Nums"]
        self.pages = pdf.page_references  # which are counted anew each time

    def object(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def write(self, root: Node, artifacts: list[Content]) -> None:
        nodes = list(root.all())
        kept = {id(node.object) for node in nodes}
        dropped = [item for item in self.pdf.objects if is_element(item) and id(item) not in kept]
        for item in dropped:
            item.clear()
        for node in nodes:
            if node.object is None:
                node.object = dropped.pop() if dropped else self._new()
        self._element(root, self.tree.reference, None)
        named = sorted((node.keys["ID"].data, node) for node in nodes if "ID" in node.keys)
        if named:
            names = [part for _, node in named for part in (node.keys["ID"], node.object.reference)]
            self.tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
        self._artifacts(artifacts)

    def _new(self) -> Any:
        item = pydyf.Dictionary({})
        self.pdf.add_object(item)
        return item

    def _element(self, node: Node, parent: bytes, language: str | None) -> None:
        pages = [kid.page for kid in node.kids if isinstance(kid, Content)]
        kids = pydyf.Array(self._kid(node, kid, pages[:1]) for kid in node.kids)
        keys = dict(node.keys)
        if "Ref" in keys:
            keys["Ref"] = pydyf.Array(other.object.reference for other in keys["Ref"])
        if language is not None and node.language and node.language != language:
            keys["Lang"] = pydyf.String(node.language)
        if pages:
            keys["Pg"] = self.pages[pages[0]]
        head = {"Type": "/StructElem", "S": f"/{node.tag}", "P": parent, "K": kids}
        node.object.clear()
        node.object.update(head | keys)
        for kid in node.nodes:
            self._element(kid, node.object.reference, node.language)

    def _kid(self, node: Node, kid: Kid, page: list[int]) -> Any:
        reference = node.object.reference
        if isinstance(kid, Node):
            return kid.object.reference
        if isinstance(kid, Annotated):
            self.parents[2 * kid.annotation["StructParent"] + 1] = reference
            return kid.reference
        self.parents[2 * kid.page + 1][kid.number] = reference
        if [kid.page] == page:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[kid.page], "MCID": kid.number})

    def _artifacts(self, artifacts: list[Content]) -> None:
        """What is on the page, but not for reading out: running lines, heads that come again."""
        per_page: dict[int, set[int]] = {}
        for content in artifacts:
            per_page.setdefault(content.page, set()).add(content.number)
            self.parents[2 * content.page + 1][content.number] = "null"
        for page, numbers in per_page.items():
            stream = self.object(self.object(self.pages[page])["Contents"]).stream
            for place, item in enumerate(stream):
                if isinstance(item, dict) and item.get("MCID") in numbers:
                    stream[place - 1] = "/Artifact"
                    item.clear()
                    item.update({"Type": "/Pagination"})
