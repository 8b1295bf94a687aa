"""When words that people type count as words that are there: capitals and accents make no
difference, since not every keyboard has them at hand.
"""

import unicodedata


def folded(text: str) -> str:
    """A text as it is compared: without capitals and accents."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()
