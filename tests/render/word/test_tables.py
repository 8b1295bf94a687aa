"""Tables in Word: heads that repeat, captions, rows that stay whole."""

from tests.render.word.opened import body, every, parts, value, words


def test_table_heads_repeat_and_tables_say_what_they_are(korea: bytes) -> None:
    """The first row is marked as the head, the caption is the table's alternative text."""
    tables = every(body(korea), "tbl")
    captioned = [table for table in tables if every(table, "tblCaption")]
    assert len(captioned) > 5
    matrix = next(t for t in captioned if "The effect on each" in value(every(t, "tblCaption")[0]))
    assert every(every(matrix, "tr")[0], "tblHeader")
    assert len(every(matrix, "tblHeader")) == 1
    tints = {value(each, "fill") for each in every(matrix, "shd")}
    assert len(tints) > 3


def test_heads_and_rows_stay_with_what_they_belong_to(korea: bytes) -> None:
    """No head ends a page, and no row of the table of parts goes over its end."""
    kept = {
        value(style, "styleId")
        for style in every(parts(korea)["word/styles.xml"], "style")
        if every(style, "keepNext")
    }
    assert {"TableHead", "TableGroup", "Caption", "Heading1"} <= kept
    [table] = [it for it in every(body(korea), "tbl") if "Whatitaffects" in words(it)]
    assert all(every(row, "cantSplit") for row in every(table, "tr"))
