"""libyaml's complaints in plain words: what is wrong, where, and what to do."""

import re

import yaml

Trouble = tuple[str, str, int]
"""What is wrong, what to do, and the offset in the text."""

_QUOTE = "Put the whole text in double quotes, or below the key after `|`."

# YAML 1.2 takes these three for ordinary characters, libyaml for line ends. They are parsed under
# another name and put back into the values; both are one character long, so offsets stay true.
_BREAKS = "\x85\u2028\u2029"


def hide_breaks(text: str) -> tuple[str, dict[int, str]]:
    """The text to parse, and the table that gives its values back their own characters."""
    present = [char for char in _BREAKS if char in text]
    if not present:
        return text, {}
    free = (chr(code) for code in range(0xF0000, 0xFFFFE) if chr(code) not in text)
    stand_ins = dict(zip(present, free, strict=False))
    hide = {ord(char): name for char, name in stand_ins.items()}
    return text.translate(hide), {ord(name): char for char, name in stand_ins.items()}


_forbidden = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def explain(text: str, error: yaml.YAMLError | UnicodeEncodeError, shift: int) -> Trouble:
    """The trouble with `text` that `error` reports; its marks lie `shift` before the text's."""
    bad = _forbidden.search(text)
    if bad is not None:
        return _character(ord(bad[0]), bad.start())
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset = min(mark.index + shift, len(text)) if mark is not None else 0
    start = getattr(error, "context_mark", None)
    opened = start.index + shift if start is not None else offset
    return _sentence(
        text,
        str(getattr(error, "problem", "") or ""),
        str(getattr(error, "context", "") or ""),
        offset,
        opened,
    )


def _character(code: int, offset: int) -> Trouble:
    if 0xD800 <= code <= 0xDFFF:
        return (
            "Half of a character stands here (a lone surrogate): the text was cut or damaged.",
            "Delete it and type the character again.",
            offset,
        )
    return (
        f"A control character (U+{code:04X}) stands here. YAML text can't hold it.",
        f'Delete it, or write it as "\\x{code:02X}" in double quotes.'
        if code < 256
        else f'Delete it, or write it as "\\u{code:04X}" in double quotes.',
        offset,
    )


def _sentence(text: str, problem: str, context: str, offset: int, opened: int) -> Trouble:
    if "\ufeff" in text[max(offset - 1, 1) : offset + 1]:
        return ("An invisible character (U+FEFF) begins this line.", "Delete it.", offset)
    line_start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    before = text[line_start:offset]
    char = text[offset : offset + 1]
    if "quoted scalar" in context and "escape" not in problem and "hex" not in problem:
        if "tab" in problem:
            return _tab(offset)
        quote = "double" if text[opened : opened + 1] == '"' else "single"
        return (
            f"The {quote} quote that opens here is never closed.",
            "Add the missing quote at the end of the text.",
            opened,
        )
    if "escape" in problem or "hex" in problem:
        return (
            "A backslash in double quotes is followed by a letter that has no meaning there.",
            "Write the backslash twice, or use single quotes.",
            offset,
        )
    if "tab" in problem or char == "\t" or (not before.strip(" \t") and "\t" in before):
        return _tab(offset - len(before) + before.index("\t") if "\t" in before else offset)
    if "cannot start any token" in problem:
        return _start(text, offset)
    if "mapping values are not allowed" in problem:
        if re.search(r":[ \t]", before) or not re.match(
            r"[ \t]", text[line_start : line_start + 1]
        ):
            if re.search(r":[ \t]", before):
                return (
                    "A colon followed by a space stands inside text without quotes.",
                    _QUOTE,
                    offset,
                )
            return (
                "This line reads as part of the text above it, so its colon has no meaning.",
                "Check that the line above ends with a colon or begins with a key.",
                offset,
            )
        indent = len(before) - len(before.lstrip(" "))
        return (
            "This line is indented further than its neighbours, though the value above it is "
            "already complete.",
            "Indent it like the keys beside it.",
            line_start + indent,
        )
    if "block sequence entries" in problem:
        return (
            "A list begins on the same line as its key.",
            "Move `- ` to the next line; if no list is meant, put the text in quotes.",
            offset,
        )
    if "could not find expected ':'" in problem:
        return (
            "A key without a colon, or text that has slipped out of its place.",
            "Write `key: value`, or indent the line like the text that it belongs to.",
            opened,
        )
    if "flow sequence" in context or "flow mapping" in context:
        name, close = ("list", "]") if "sequence" in context else ("mapping", "}")
        return (
            f"The {name} in brackets that opens here has no comma or no closing `{close}` "
            "where one is needed.",
            f"Separate the entries with commas and close it with `{close}`; put quotes around "
            "an entry that holds a comma, a colon or a bracket.",
            opened,
        )
    if "block scalar" in context:
        return (
            "Something other than a comment follows `|` or `>`.",
            "Begin the text on the next line, indented.",
            offset,
        )
    if "anchor" in context or "alias" in context:
        return _start(text, opened)
    if "tag" in context or "tag" in problem:
        return _start(text, opened)
    if "directive" in context or "incompatible" in problem or "directive" in problem:
        return (
            "A line that begins with `%` is an instruction to YAML, and this one is unknown.",
            "Put the text in quotes, or remove the line.",
            offset,
        )
    if "document start" in problem:
        return (
            "The file goes on after the end of its document.",
            "Remove the line `...` or `---` above, or what follows it.",
            offset,
        )
    if "block mapping" in context or "block collection" in context:
        return _block(before, char, offset, context)
    if "node content" in problem:
        if not char.strip():
            return (
                "The file ends inside a list or a mapping in brackets.",
                "Add the missing value or the closing bracket.",
                offset,
            )
        return _start(text, offset)
    return (
        "This can't be read as YAML.",
        "Check the indentation and the quotes of this line and the one above.",
        offset,
    )


def _start(text: str, offset: int) -> Trouble:
    char = text[offset : offset + 1]
    name = "a backtick" if char == "`" else f"`{char}`"
    return (f"Text without quotes can't begin with {name}.", _QUOTE, offset)


def _block(before: str, char: str, offset: int, context: str) -> Trouble:
    """Where a key or an item should begin, something else stands."""
    if before.strip():
        if char and char in "]}":
            return (
                f"A closing `{char}` without an opening one.",
                "Remove it, or put the text in quotes.",
                offset,
            )
        return (
            "Something follows a value that is already complete, such as text after a closing "
            "quote.",
            "Put the whole text in one pair of quotes. Inside single quotes a quote "
            "is written twice (''), inside double quotes after a backslash.",
            offset,
        )
    if char == "-" and "mapping" in context:
        return (
            "A list item stands where a key is expected.",
            "Indent it below the key that it belongs to.",
            offset,
        )
    return (
        "The indentation of this line fits none of the lines above.",
        "Indent it exactly like the keys or items beside it.",
        offset,
    )


def _tab(offset: int) -> Trouble:
    return ("A tab is used for indentation.", "Use spaces: two for each level.", offset)
