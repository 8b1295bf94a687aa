"""The elements of a CSL style, steadied: what citeproc-py's own classes get wrong or do slowly.

What is changed, and why:

- Loading. A style and its locales are parsed once in a process, without a schema check and from
  the installed files only; each element then keeps what it looked up (macros, terms, options).
  citeproc-py looks everything up by XPath each time it prints a piece.
- Groups. CSL leaves out a group whose variables are all empty. citeproc-py guesses from what a
  group could call; here it counts what was called, so no "Retrieved" or "Edition" stands alone.
- Substitutes. A title or an editor that took the author's place is not printed a second time.
- Dates. A style's own look of a date doesn't leak into the next; a span that has to be printed as a
  year is the year.
- Quotation marks and formats are marks (see `marks`), so that text is escaped once, at the end.
- Sorting is by letters: without marks, accents and case.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from citeproc import (  # type: ignore[import-untyped]
    LANGUAGE_NAMES,
    LOCALES_PATH,
    PRIMARY_DIALECTS,
    model,
)
from citeproc.source import VariableError  # type: ignore[import-untyped]
from citeproc.string import MixedString, String  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

from impactbrief.brief.citations import marks

FALLBACK_LOCALE: Final = "en-US"
CSL: Final = "{http://purl.org/net/xbiblio/csl}"


class Value(String):  # type: ignore[misc]
    """A value. A mark at its beginning doesn't stop its first letter from being made a capital."""

    def capitalize_first(self) -> "Value":
        for index, letter in enumerate(self):
            if not "\ufdd0" <= letter <= "\ufdef":
                return Value(self[:index] + letter.upper() + self[index + 1 :])
        return self


def _format(pair: str) -> Callable[[object], Value]:
    return lambda text: Value(marks.surround(pair, str(text)))


_FORMATTER = SimpleNamespace(
    preformat=lambda text: str(text),
    Italic=_format(marks.ITALIC),
    Oblique=_format(marks.ITALIC),
    Bold=_format(marks.BOLD),
    Superscript=_format(marks.SUPERSCRIPT),
    Subscript=_format(marks.SUBSCRIPT),
    Light=Value,
    Underline=Value,
    SmallCaps=Value,
)


class _Kept:
    """Mixed into every element class: look-ups are kept, since a parsed style never changes."""

    _stop_words: Final = (*model.TextCased._stop_words, "v", "v.", "vs", "vs.", "c.")
    """Words that keep their case in a title; "v." stands between the parties of a case."""

    def _keep(self, key: object, find: Callable[[], Any]) -> Any:
        kept = self.__dict__.get("kept")
        if kept is None:
            kept = self.__dict__["kept"] = {}
        if key not in kept:
            kept[key] = find()
        return kept[key]

    def xpath_search(self, expression: str) -> Any:
        find = super().xpath_search  # type: ignore[misc]
        return self._keep(("xpath", expression), lambda: find(expression))

    def get_root(self) -> Any:
        return self._keep("root", super().get_root)  # type: ignore[misc]

    def get_layout(self) -> Any:
        return self._keep("layout", super().get_layout)  # type: ignore[misc]

    def get_formatter(self) -> Any:
        return _FORMATTER

    def get_macro(self, name: str) -> Any:
        find = super().get_macro  # type: ignore[misc]
        return self.get_root()._keep(("macro", name), lambda: find(name))

    def get_locale_option(self, name: str) -> Any:
        find = super().get_locale_option  # type: ignore[misc]
        return self.get_root()._keep(("option", name), lambda: find(name))

    def get_single_term(self, name: str, *args: Any, **kwargs: Any) -> Any:
        find = super().get_single_term  # type: ignore[misc]
        key = ("single", name, args, *sorted(kwargs.items()))
        return self.get_root()._keep(key, lambda: find(name, *args, **kwargs))

    def get_plural_term(self, name: str, *args: Any, **kwargs: Any) -> Any:
        find = super().get_plural_term  # type: ignore[misc]
        key = ("plural", name, args, *sorted(kwargs.items()))
        return self.get_root()._keep(key, lambda: find(name, *args, **kwargs))

    def case(self, text: Any, language: str | None = None) -> Any:
        """Change case by the rules of the text's language, which for a term is the document's."""
        root = self.get_root()
        style = root.style if isinstance(root, model.Locale) else root
        return super().case(text, language or style.get("default-locale")[:2])  # type: ignore[misc]

    def calls_variable(self) -> bool:
        """Not needed: groups count (see `_Group`)."""
        return False


class _Style(model.Style):  # type: ignore[misc]
    def set_locale_list(self, output_locale: str, **_: Any) -> None:
        """The locales to search, best first: the style's own, then the installed ones."""
        language = output_locale.split("-")[0]
        own = {e.get("{http://www.w3.org/XML/1998/namespace}lang"): e
               for e in self.findall("cs:locale", self.nsmap)}  # fmt: skip
        names = dict.fromkeys((output_locale, PRIMARY_DIALECTS.get(language), FALLBACK_LOCALE))
        self.locales = [own[name] for name in (output_locale, language, None) if name in own]
        self.locales += [parse(Path(LOCALES_PATH) / f"locales-{name}.xml")
                         for name in names if name in LANGUAGE_NAMES]  # fmt: skip
        for locale in self.locales:
            locale.style = self


class _Group(model.Group):  # type: ignore[misc]
    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        count = _of_layout(self, context)
        called, printed = count.called, count.printed
        delimiter = self.get("delimiter", "")
        output = []
        for child in self.iterchildren():
            inherited = {"delimiter": delimiter} if isinstance(child, model.Choose) else {}
            try:
                text = child.render(item, context=context, **inherited, **kwargs)
            except VariableError:
                continue
            if text is not None:
                output.append(text)
        if output and (count.called == called or count.printed > printed):
            # for a group around it, a group that prints is as good as a variable
            count.printed += 1
            return self.join(output)
        raise VariableError


class _Pages:
    def _format_last_page(self, first: str, last: str) -> Any:
        """Shorten the last page as the style wants it, unless it has more digits than the first."""
        if len(first) != len(last):
            return last
        return super()._format_last_page(first, last)  # type: ignore[misc]


class _Condition:
    def render(self, item: Any, context: Any = None, delimiter: str = "", **kwargs: Any) -> Any:
        """Of the tests, add the one that citeproc-py lacks: is this work cited like another?"""
        wanted = self.get("disambiguate")  # type: ignore[attr-defined]
        if wanted and (wanted == "true") != bool(item.reference.get("cited-like-another")):
            raise model.ConditionFailed
        return super().render(  # type: ignore[misc]
            item, context=context, delimiter=delimiter, **kwargs
        )


class _If(_Condition, model.If):  # type: ignore[misc]
    pass


class _ElseIf(_Condition, model.Else_If):  # type: ignore[misc]
    pass


class _TextElement(_Pages, model.Text):  # type: ignore[misc]
    def quote(self, string: Any) -> Any:
        if self.get("quotes", "false").lower() == "true":
            return Value(marks.surround(marks.QUOTE, str(string)))
        return string

    def _variable(self, item: Any, context: Any) -> Any:
        variable = self.get("variable")
        text = _called(_of_layout(self, context), variable, self.tag,
                       lambda: super(_TextElement, self)._variable(item, context))  # fmt: skip
        if variable == "citation-number":
            return Value(marks.surround(marks.NUMBER, str(text)))
        if isinstance(text, str | MixedString) or text is None:
            return text
        return Value(text)


class _NumberElement(_Pages, model.Number):  # type: ignore[misc]
    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        find = super().process
        return _called(
            _of_layout(self, context),
            self.get("variable"),
            self.tag,
            lambda: find(item, context=context, **kwargs),
        )


class _DateElement(model.Date):  # type: ignore[misc]
    def process(self, item: Any, variable: Any = None, show_parts: Any = None,
                context: Any = None, **kwargs: Any) -> Any:  # fmt: skip
        if self.is_locale_date():  # called on behalf of a style's date, which counts
            return super().process(item, variable, show_parts, context, **kwargs)
        return _called(_of_layout(self, context), self.get("variable"), self.tag,
                       lambda: super(_DateElement, self).process(
                           item, variable, show_parts, None, **kwargs))  # fmt: skip

    def is_locale_date(self) -> bool:
        return bool(self._keep("of a locale", super().is_locale_date))

    def render_date_range(self, date_range: Any, show_parts: Any = None,
                          context: Any = None) -> Any:  # fmt: skip
        shown = list(show_parts or ("year", "month", "day"))
        begin, end = date_range.begin, date_range.end
        same = begin.year == end.year
        if (shown == ["year"] and same) or "year" not in shown:
            return self.render_single_date(begin, shown, context)
        try:
            return super().render_date_range(date_range, shown, context)
        except (AttributeError, ValueError, TypeError, VariableError):
            return self.render_single_date(begin, ["year"], context)


class _Label(model.Label):  # type: ignore[misc]
    def _is_plural(self, item: Any) -> bool:
        """Whether the number is several; "34-2" is one where its hyphen is no sign of a range."""
        if self.get("variable") == "locator" and item.has_locator:
            place = str(item["locator"].identifier).replace(marks.HYPHEN, "")
            return self.RE_MULTIPLE_NUMBERS.search(place) is not None
        return bool(super()._is_plural(item))


class _DatePart(model.Date_Part):  # type: ignore[misc]
    def render(self, *args: Any, **kwargs: Any) -> Any:
        """Print the part, and forget how this one style wanted it: the element is shared."""
        own = dict(self.attrib)
        try:
            return super().render(*args, **kwargs)
        finally:
            if dict(self.attrib) != own:
                self.attrib.clear()
                self.attrib.update(own)


class _Names(model.Names):  # type: ignore[misc]
    def process(self, item: Any, names_context: Any = None, context: Any = None,
                **kwargs: Any) -> Any:  # fmt: skip
        count = _of_layout(self, context)
        if item.get("author_suppressed"):
            count.called += 1
            raise VariableError
        roles = self.get("variable").split()
        repressed = count.repressed.get(self.tag, ())
        if roles and all(role in repressed for role in roles):
            count.called += 1
            return None
        count.called += 1
        text = super().process(item, names_context=names_context, context=context, **kwargs)
        if text:
            count.printed += 1
            if any(role in item.reference for role in roles):
                count.log.append((self.tag, " ".join(roles)))
        return text


class _NameElement(model.Name):  # type: ignore[misc]
    def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:
        if sort_options:
            return super().get_option(name, context, sort_options)
        find = super().get_option
        return self._keep(("option", name, context), lambda: find(name, context))

    def initialize(self, given: str, mark: str, context: Any) -> Any:
        """Abbreviate given names, unless the style only gives the look of what is abbreviated."""
        if self.get("initialize", self.get_root().get("initialize")) == "false":
            return given
        # a lower-case part after a hyphen is no particle: Young-min is abbreviated Y.-M.
        joined = re.sub(r"(?<=-)\w", lambda letter: letter.group().upper(), given)
        return super().initialize(joined, mark, context)


class _Substitute(model.Substitute):  # type: ignore[misc]
    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """Print the first child that has something; what it printed is not printed again."""
        count = _of_layout(self, context)
        parent = self.getparent()
        for child in self.iterchildren():
            before = len(count.log)
            bare = isinstance(child, model.Names) and child.name is None
            inherited = {"names_context": parent} if bare else {}
            try:
                text = child.render(item, context=context, **inherited, **kwargs)
            except VariableError:
                continue
            if text:
                for tag, variables in count.log[before:]:
                    count.repressed.setdefault(tag, []).extend(variables.split())
                return text
        return None


class _Key(model.Key):  # type: ignore[misc]
    def sort_keys(self, items: Any, context: Any) -> Any:
        begin(context)
        keys = super().sort_keys(items, context)
        return [key if key is None or isinstance(key, int) else _letters(str(key)) for key in keys]


@dataclass(slots=True)
class _Count:
    """What one entry or cite has called and printed so far."""

    called: int
    printed: int
    log: list[tuple[str, str]]
    repressed: dict[str, list[str]]


def _of_layout(element: Any, context: Any) -> _Count:
    layout = (element if context is None else context).get_layout()
    count = layout.__dict__.get("count")
    if count is None or count.repressed is not layout.repressed:
        count = layout.__dict__["count"] = _Count(0, 0, [], layout.repressed)
    return count  # type: ignore[no-any-return]


def begin(layout: Any) -> None:
    layout.repressed = {}


def _called(count: _Count, variable: str, tag: str, find: Callable[[], Any]) -> Any:
    """The variable's text, counted; nothing where a substitute has printed it already."""
    count.called += variable != "year-suffix"  # which says nothing by itself
    if variable in count.repressed.get(tag, ()):
        return None
    text = find()
    if text is not None and text != "":
        count.printed += 1
        count.log.append((tag, variable))
    return text


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", marks.unmarked(text).casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def _element_classes() -> dict[str | None, type]:
    better = {
        model.Style: _Style, model.Group: _Group, model.If: _If, model.Else_If: _ElseIf,
        model.Text: _TextElement, model.Number: _NumberElement, model.Date: _DateElement,
        model.Label: _Label,
        model.Date_Part: _DatePart, model.Names: _Names, model.Name: _NameElement,
        model.Substitute: _Substitute, model.Key: _Key,
    }  # fmt: skip
    return {None: model.CitationStylesElement} | {
        cls.__name__.replace("_", "-").lower(): type(
            cls.__name__, (_Kept, better.get(cls, cls)), {}
        )
        for cls in model.CitationStylesElement.__subclasses__()
    }


_LOOKUP = etree.ElementNamespaceClassLookup()
_LOOKUP.get_namespace(CSL[1:-1]).update(_element_classes())


def parse(path: Path) -> Any:
    parser = etree.XMLParser(
        remove_comments=True, no_network=True, resolve_entities=False, load_dtd=False
    )
    parser.set_element_class_lookup(_LOOKUP)
    root = etree.parse(str(path), parser).getroot()
    for names in root.iter(f"{CSL}names"):
        if names.name is None and not isinstance(names.getparent(), model.Substitute):
            names.insert(0, parser.makeelement(f"{CSL}name"))
    root.alive = list(root.iter())  # an element forgets what it kept when nobody holds it
    return root
