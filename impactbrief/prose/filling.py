"""Words in lines that fit a page, in any script; no line begins with a mark of structure."""

import re

from wcwidth import wrap

# What would begin a list, a heading, a quotation, a fence, a table's rule or the definition of a
# link or a note; digits with a full stop too, as in "… on 30 May\n2022. What …".
_BEGINS_NO_LINE = re.compile(
    r" (?=(?:[-+]|#{1,6}|\d{1,9}[.)]|[-=]+)(?: |$)|[>|]|`{3}|~{3}|:?-+[:|]|\[[^\]]{1,200}\]:)"
)
_TOGETHER = "\ufdd0"


def filled(text: str, width: int, first: str = "", hanging: str = "") -> list[str]:
    """Markdown of a paragraph in lines of at most `width` columns; a longer word has its own.

    The first line begins with `first`, the others with `hanging`.
    """
    return [
        line.replace(_TOGETHER, " ")
        for line in wrap(
            _BEGINS_NO_LINE.sub(_TOGETHER, text),
            max(width, 1),
            initial_indent=first,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
            control_codes="ignore",
            propagate_sgr=False,
        )
    ]
