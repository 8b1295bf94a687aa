"""Answer files that nobody would write: good ones, mutated at random."""

# ruff: noqa: E501 (the lists are easier to read in rows)

import random
from collections.abc import Iterator

from tests.answer_files import BROKEN, EXAMPLES, GOOD, MINIMAL

SMALL = [path.read_bytes() for path in (*GOOD, *BROKEN)]
LARGE = [path.read_bytes() for path in EXAMPLES]

YAML = [
    "\t", "- ", ": ", "# ", "|\n", ">-\n", "&a ", "*a", "<<: *a\n", "!!str ", "!include /etc/passwd\n",
    "!!python/object/apply:os.system [id]\n", "---\n", "...\n", "%YAML 1.1\n", "? ", "[", "]", "{", "}",
    "'", '"', "@", "`", "~", "null", "\r", "\r\n", "\ufeff", "\u2028", "\x85", "\0", "\x1b[2J", "\x7f",
    "\ud7ff", "\U0001f600", "\u202e", "0x", "1e999", "-.inf", "9" * 500, "2022-02-30", "no", "yes",
    "impactbrief: 1\n", "impactbrief: 99\n", "toolkit: /etc\n", "toolkit: ../..\n", "toolkit: ./.\n",
    "bibliography: [/etc/passwd, ../x.json, 'http://127.0.0.1/x.json']\n", "language: ../../x\n",
    "language: zh-Hant-TW\n", "notes: notes\n", "x-: x\n", "assessment: []\n", "references: {}\n",
    "proposal: {parts: [{}]}\n", "ignore: [{rule: IB001}]\n", "document: {citation_style: ../../x}\n",
    "document: {citation_style: apa}\n", "impact: strongly-negative\n", "answer: [both, both]\n",
]  # fmt: skip

MARKDOWN = [
    "# ", "###### ", "* ", "1. ", "> ", "```\n", "~~~", "`", "``", "**", "__", "_", "~~", "---\n", "===\n",
    "| a | b |\n|---|---|\n| c |\n", "|", "\\", "\n\n", "    code\n", "[a](b)", "![a](http://127.0.0.1/x.png)",
    "![x](/etc/passwd)", "[a]: http://example.org\n", "[a](javascript:alert(1))", "<script>alert(1)</script>",
    "<img src=http://127.0.0.1/x onerror=x>", "<!-- ", "&amp;", "&#0;", "{{ 7*7 }}", "{% include '/etc/passwd' %}",
    "${x}", "%(x)s", "[@", "[@a]", "[-@a, p. 4]", "[see @a; @b, ch. 2]", "[@a [@b] c]", "@a", "[^1]", "[^1]: x\n",
    "[^a]: [^a]\n", "[", "]", "(", ")", "![", "](", "<", ">", "http://", "mailto:", "www.", "a@b.c", "$$", ":::",
    "\u200b", "\u00ad", "e\u0301" * 5, "\u0627", "\u05d0", "\u3042", "\U0001f468\u200d\U0001f469",
]  # fmt: skip

FIELDS = [
    "sections:\n  abstract: |\n{}", "sections:\n  methodology: |\n{}",
    "assessment:\n  privacy:\n    impact: negative\n    effect_on_internet: |\n{}",
    "overall:\n  impact: mixed\n  summary: |\n{}", "annexes:\n  - title: A\n    body: |\n{}",
    "recommendations:\n  - to: All\n    text: |\n{}",
    "governance:\n  made:\n    text-public:\n      answer: no\n      explanation: |\n{}",
    "references:\n  - id: a\n    title: A\nsections:\n  context: |\n{}",
]  # fmt: skip


def mutated_yaml(chance: random.Random, *, large: float = 0.02) -> bytes:
    """A file of the corpus or, now and then, an example, with a few bytes or lines changed."""
    seeds = LARGE if chance.random() < large else SMALL
    data = bytearray(chance.choice(seeds) or MINIMAL.encode())
    for _change in range(chance.randint(1, 6)):
        at = chance.randint(0, len(data))
        match chance.randint(0, 7):
            case 0:
                data[at:at] = chance.choice(YAML).encode("utf-8", "surrogatepass")
            case 1:
                data[at:at] = chance.choice(MARKDOWN).encode()
            case 2:
                del data[at : at + chance.choice([1, 1, 2, 5, 40])]
            case 3:
                data[at:at] = bytes([chance.randint(0, 255)])
            case 4:  # a line elsewhere
                lines = data.splitlines(keepends=True)
                if lines:
                    line = lines.pop(chance.randrange(len(lines)))
                    lines.insert(chance.randint(0, len(lines)), line)
                    data = bytearray(b"".join(lines))
            case 5:  # a line twice
                lines = data.splitlines(keepends=True)
                if lines:
                    lines.insert(chance.randint(0, len(lines)), chance.choice(lines))
                    data = bytearray(b"".join(lines))
            case 6:  # a piece many times
                piece = bytes(data[at : at + chance.randint(1, 12)])
                data[at:at] = piece * chance.choice([2, 30, 400])
            case _:  # a line of another file, further in or out
                other = chance.choice(chance.choice(SMALL).splitlines(keepends=True) or [b"x: y\n"])
                data += b" " * chance.randint(0, 8) + other
    return bytes(data)


def mutated_markdown(chance: random.Random) -> bytes:
    """A small answer file with odd prose in one of its fields."""
    pieces = []
    for _piece in range(chance.randint(1, 30)):
        kind = chance.random()
        if kind < 0.6:
            pieces.append(chance.choice(MARKDOWN) * chance.choice([1, 1, 1, 2, 40]))
        elif kind < 0.9:
            pieces.append(chance.choice(["word ", "a ", "\n", "\n\n", "Ein Satz. ", "\t", "  "]))
        else:
            pieces.append(
                chr(chance.choice([chance.randint(33, 126), chance.randint(160, 0xD7FF)]))
            )
    field = chance.choice(FIELDS)
    depth = 2 + len(field.splitlines()[-2]) - len(field.splitlines()[-2].lstrip(" -"))
    block = "".join(f"{' ' * depth}{line}\n" for line in "".join(pieces).splitlines())
    return (MINIMAL + field.format(block or " " * depth + "\n")).encode()


def cases(seed: int, *, large: float = 0.02) -> Iterator[bytes]:
    """Cases without end, the same for the same seed."""
    chance = random.Random(seed)
    while True:
        yield (
            mutated_yaml(chance, large=large) if chance.random() < 0.6 else mutated_markdown(chance)
        )
