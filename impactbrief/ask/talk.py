"""Lines in, lines out, and the ways to leave a question."""

import textwrap
import unicodedata
from dataclasses import dataclass
from typing import Literal, TextIO

from impactbrief.i18n import _
from impactbrief.yamltext import Path as At

WIDTH = 78
END = "."
"""The line that ends an answer of several lines; `..` stands for a line that is only a dot."""


class Leave(Exception):
    """The user quits, or the input has ended."""


@dataclass
class Go(Exception):
    """The user goes elsewhere: `next`, `back`, `topic` (the next one), or to a stop."""

    to: "Literal['next', 'back', 'topic'] | Stop"


Stop = tuple[str, At | None]
"""A place in the interview: a topic, and a step of it or None for the question for more."""


class Talk:
    """Lines in and lines out."""

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        self._in, self._out = stdin, stdout
        # by lines of bytes: one that is no text must not take those behind it with it
        self._bytes = getattr(stdin, "buffer", None)
        self.person = stdin.isatty()
        """Whether somebody sits there, so that waiting is no loss."""

    def say(self, text: str = "", *, indent: str = "", hang: str | None = None) -> None:
        """A paragraph, wrapped. What the stream's encoding lacks is written near enough."""
        for number, line in enumerate(text.split("\n")):
            wrapped = textwrap.wrap(
                line, WIDTH, initial_indent=indent if not number else hang or indent,
                subsequent_indent=indent if hang is None else hang,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
            for part in wrapped or [""]:
                self._write(part + "\n")

    def read(self) -> str:
        """A line without its end and without blanks around it. Raises Leave at the end."""
        return self.line().strip()

    def line(self) -> str:
        """A line without its end. Raises Leave at the end of the input."""
        self._write("> ")
        self._out.flush()
        while True:
            try:
                line = self._next()
            except UnicodeDecodeError:
                self.say(_("That line is not text in UTF-8. Please type it again."))
                continue
            if not line:
                self._write("\n")
                raise Leave
            return line.rstrip("\r\n")

    def choice(self, last: int) -> int:
        """A number from 1 to `last`; Enter alone is 1, anything else is asked again."""
        while True:
            typed = self.read() or "1"
            if typed.isdecimal() and 1 <= int(typed) <= last:
                return int(typed)
            self.say(_("Type a number from 1 to {last}.").format(last=last))

    def _next(self) -> str:
        if self._bytes is None:
            return self._in.readline()
        line: bytes = self._bytes.readline()
        return line.decode(self._in.encoding)

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
        except UnicodeEncodeError:
            encoding = self._out.encoding or "ascii"
            parted = unicodedata.normalize("NFKD", text.translate(_PLAIN))
            plain = "".join(char for char in parted if not unicodedata.combining(char))
            self._out.write(plain.encode(encoding, "replace").decode(encoding))


_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-",
     "…": "...", "›": ">", "¿": "", "¡": ""}
)  # fmt: skip
