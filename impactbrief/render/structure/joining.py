"""One element for each thing, with what may stand in it."""

import re

from impactbrief.render.structure.nodes import Annotated, Content, Kid, Node, contents


def join(node: Node, artifacts: list[Content]) -> None:
    """The parts of what goes over the end of a line or a page become one."""
    first: dict[tuple[int, str, str], Node] = {}
    kids: list[Kid] = []
    for kid in node.kids:
        if not isinstance(kid, Node) or kid.html is None:
            kids.append(kid)
            continue
        key = (id(kid.html), kid.box.element_tag, kid.tag)
        whole = first.setdefault(key, kid)
        if whole is kid:
            kids.append(kid)
        elif kid.tag in ("THead", "TFoot"):
            _repeated(kid, whole, artifacts)
        else:
            whole.kids += kid.kids
    node.kids = kids
    for kid in node.nodes:
        join(kid, artifacts)


def _repeated(again: Node, first: Node, artifacts: list[Content]) -> None:
    """The head of a table on its later pages: its words are no content, its links lead on."""
    artifacts += contents([again])
    links = {id(link.html): link for link in first.all() if link.tag == "Link"}
    for link in again.all():
        if link.tag == "Link":
            links[id(link.html)].kids += [kid for kid in link.kids if isinstance(kid, Annotated)]


_GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote"}
_INLINE = {"Link", "Span", "Reference", "Code", "Quote", "Lbl"}
_MAY_BE_EMPTY = {"TR", "TD", "TH", "LBody", "Figure"}


def settle(node: Node, artifacts: list[Content]) -> None:
    """Each element holds what may stand in it, and none is empty."""
    for kid in node.nodes:
        settle(kid, artifacts)
    node.kids = [
        kid
        for kid in node.kids
        if not isinstance(kid, Node) or kid.kids or kid.tag in _MAY_BE_EMPTY
    ]
    if node.tag == "LI":
        _settle_item(node)
    elif node.tag == "L":
        labels = any(part.tag == "Lbl" for item in node.nodes for part in item.nodes)
        if labels and node.keys["A"]["ListNumbering"] == "/None":  # its labels are typed
            node.keys["A"]["ListNumbering"] = "/Decimal"
    elif node.tag == "Table":
        tags = [part.tag for part in node.nodes]
        if "THead" in tags and "TBody" not in tags:  # a head must have a body below it
            node.nodes[tags.index("THead")].tag = "TBody"
    elif node.tag in _GROUPS:
        _settle_group(node, artifacts)


def _settle_item(item: Node) -> None:
    """A list's item is its label and one body."""
    bodies = [node for node in item.nodes if node.tag == "LBody"]
    body = bodies[0] if bodies else Node("LBody", None, item.language)
    parts = [
        part
        for kid in item.kids
        for part in (kid.kids if isinstance(kid, Node) and kid.tag == "LBody" else [kid])
    ]
    labels = [part for part in parts if isinstance(part, Node) and part.tag == "Lbl"]
    body.kids = [part for part in parts if part not in labels]
    item.kids = [*labels, body]


def _settle_group(group: Node, artifacts: list[Content]) -> None:
    """Words that stand in a group of paragraphs are a paragraph; blanks between are nothing."""
    kids: list[Kid] = []
    line: list[Kid] = []

    def end() -> None:
        if all(isinstance(kid, Content) and kid.blank for kid in line):
            artifacts.extend(contents(line))
        else:
            kids.append(Node("P", None, group.language, list(line)))
        line.clear()

    for kid in group.kids:
        if isinstance(kid, Node) and kid.tag not in _INLINE:
            end()
            kids.append(kid)
        else:
            line.append(kid)
    end()
    group.kids = kids


def level(root: Node) -> None:
    """Headings that go down one level at a time, in the order of reading."""
    above: list[int] = []
    """The levels, as they were, of the headings that the next one may stand under."""
    for node in root.all():
        if re.fullmatch("H[1-6]", node.tag):
            level = int(node.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            node.tag = f"H{len(above)}"
