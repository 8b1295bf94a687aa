"""Where lines of texts and fields break."""

from textual.app import App, ComposeResult
from textual.widgets import Static

from impactbrief.tui.breaks import keep_together
from impactbrief.tui.widgets.lines import clipped, wrapped

TEXT = "Ou bien : « Nouvelle analyse » ?".replace(" :", "\N{NO-BREAK SPACE}:").replace(
    "« ", "«\N{NO-BREAK SPACE}"
)


async def test_a_no_break_space_is_no_place_to_break() -> None:
    """Neither in what Textual lays out nor in what the wizard cuts itself."""
    keep_together()

    class Said(App[None]):
        def compose(self) -> ComposeResult:
            yield Static(TEXT)

    async with Said().run_test(size=(12, 6)) as pilot:
        strips = pilot.app.screen._compositor.render_strips()
        lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    expected = ["Ou bien :", "« Nouvelle", "analyse » ?"]
    plain = [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines if line]
    assert plain == expected
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in wrapped(TEXT, 12)] == expected
    assert clipped(TEXT, 12, 2).endswith("« Nouvelle…".replace(" ", "\N{NO-BREAK SPACE}"))
