"""The ways from page to page, for screens that lie over the page: each closes them first, as Escape
does.
"""

from textual.binding import Binding

from impactbrief.tui.keys import FIRST

ON_PAGE = {
    "nav.next": "next",
    "nav.back": "back",
    "nav.outline": "outline",
    "nav.open": "next_open",
    "view.guide": "guide",
    "view.review": "review",
}
"""Commands with their actions on the work screen."""

WAYS = [
    *(
        Binding(FIRST[id_], f"app.on_page('{action}')", show=False, priority=True, id=id_)
        for id_, action in ON_PAGE.items()
    ),
    Binding(FIRST["view.search"], "app.search", show=False, priority=True, id="view.search"),
]
