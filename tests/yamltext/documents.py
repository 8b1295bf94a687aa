"""Values of every kind, and documents of every shape, as hypothesis draws them."""

from hypothesis import strategies as st

from impactbrief.errors import InputError
from impactbrief.yamltext import Spelled, read

LONG = "Every network has to pay for what it sends, so content moves abroad and gets slow for many."

texts = st.one_of(
    st.sampled_from(
        [
            "word",
            "two words",
            "no",
            "1.0",
            "2022-05-11",
            "",
            " x",
            "a: b",
            "- a",
            "~",
            "a\nb",
            "a\n\nb\n",
            "\n",
            "a\n\n",
            "  a\n b\n",
            "# x",
            LONG,
            "x\n" + LONG,
            "a\r\n",
        ]
    ),
    st.text(st.sampled_from("ab:#-\n \t'\"\\{}[],&*é😀\x85\u2028\ufeff\x07\r|>"), max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
numbers = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.sampled_from([Spelled("1.0"), Spelled("0o17")]),
)
values = st.recursive(
    st.one_of(texts, texts, numbers),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)

COMMENTS = st.sampled_from(["", "", "", "  # c", " #\tc: d"])


@st.composite
def flow_text(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.integers(0, 5 if depth else 2))
    if kind < 3:
        return draw(st.sampled_from(["a", "b c", "'q'", '"d\\n"', "1", "null", "http://x"]))
    items = draw(st.lists(flow_text(depth - 1), max_size=3))
    if kind == 3:
        items = [f"k{number}: {item}" for number, item in enumerate(items)]
        return "{" + ", ".join(items) + draw(st.sampled_from(["", ","] if items else [""])) + "}"
    return draw(st.sampled_from(["[", "[ "])) + ",  ".join(items) + "]"


@st.composite
def value_lines(draw: st.DrawFn, head: str, pad: int, depth: int, *, dash: bool) -> list[str]:
    """The lines of an entry that begins with `head` at column `pad`."""
    kind = draw(st.integers(0, 9 if depth else 6))
    tail = draw(COMMENTS)
    if kind <= 2:
        return [
            head
            + " "
            + draw(
                st.sampled_from(
                    [
                        "a",
                        "two words",
                        "'it''s'",
                        '"q: \\u00e9"',
                        "12",
                        "true",
                        "2022-05",
                        "x#y",
                        "&n a",
                    ]
                )
            ).replace("&n", "a")
            + tail
        ]
    if kind == 3:
        return [head + tail]
    if kind == 4:
        chomp = draw(st.sampled_from(["|", ">", "|-", "|+"]))
        body = draw(st.lists(st.sampled_from(["x y", "", "# z", "  deep", "k: v"]), max_size=4))
        inner = pad + draw(st.sampled_from([2, 4]))
        return [
            head + " " + chomp + tail,
            *(" " * inner + line if line else "" for line in ["first", *body]),
        ]
    if kind == 5:
        return [head + " one", " " * (pad + 2) + "more" + tail]
    if kind == 6:
        return [head + " " + draw(flow_text()) + tail]
    if kind == 7 and not dash:
        inner = pad + draw(st.sampled_from([0, 2]))
        return [head + tail, *draw(list_lines(inner, depth - 1))]
    if dash:
        block = draw(st.one_of(list_lines(pad + 2, depth - 1), map_lines(pad + 2, depth - 1)))
        while not block[0].strip() or block[0].strip().startswith("#"):
            block.pop(0)
        return [head + " " + block[0].lstrip(" "), *block[1:]]
    return [head + tail, *draw(map_lines(pad + draw(st.sampled_from([2, 3])), depth - 1))]


@st.composite
def between(draw: st.DrawFn, pad: int) -> list[str]:
    return draw(
        st.sampled_from(
            [
                [],
                [],
                [],
                [""],
                [" " * pad + "# own"],
                ["", " " * pad + "# own"],
                [" " * pad + "# own", ""],
                [" " * pad + "  # deeper"],
            ]
        )
    )


@st.composite
def map_lines(draw: st.DrawFn, pad: int, depth: int) -> list[str]:
    lines = []
    for number in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(["k{}:", "'k{}':", '"k {}" :', "x-k{}:"])).format(number)
        lines += [*draw(between(pad)), *draw(value_lines(" " * pad + key, pad, depth, dash=False))]
    return lines


@st.composite
def list_lines(draw: st.DrawFn, pad: int, depth: int) -> list[str]:
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        lines += [*draw(between(pad)), *draw(value_lines(" " * pad + "-", pad, depth, dash=True))]
    return lines


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines = [
        *draw(st.sampled_from([[], ["# head"], ["---"], ["# head", "", "# more"]])),
        *draw(st.one_of(map_lines(0, 3), list_lines(0, 2))),
        *draw(between(0)),
    ]
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    text = newline.join(lines) + draw(st.sampled_from([newline, newline, ""]))
    text = draw(st.sampled_from(["", "", "\ufeff"])) + text
    try:
        read(text)
    except InputError:  # a comment inside a text of several lines, and the like
        text = text.replace("# deeper", "").replace("# own", "")
        try:
            read(text)
        except InputError:
            text = "k0: {}\n"
    return text
