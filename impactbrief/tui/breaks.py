"""Where lines may break: at spaces, but not at those that forbid it.

Rich and Textual break at every white space; French has a no-break one before each colon, question
mark and closing quotation mark.
"""

import re

import rich._wrap
import textual._wrap

_BLANK = r"[^\S\u00a0\u202f]"
_INK = r"[\S\u00a0\u202f]"


def keep_together() -> None:
    """Makes both keep together what a no-break space joins, in texts and in fields."""
    rich._wrap.re_word = re.compile(f"{_BLANK}*{_INK}+{_BLANK}*")
    textual._wrap.re_chunk = re.compile(f"{_INK}+{_BLANK}*|{_BLANK}+")
