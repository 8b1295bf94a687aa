"""The public copy of an answer file: what a document may carry of its own source.

It holds what the format knows and nothing else. Comments, `x-` keys and keys that don't belong are
left out because they aren't part of the answers; notes and whatever else docs/answer-file.md calls
private are left out by name. Its text is canonical: equal answers give equal copies, however their
files were written.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from impactbrief.answers.file import AnswerFile
from impactbrief.prose import parse
from impactbrief.yamltext import dump

PRIVATE = ("plan", "screening", "ignore")
"""Whole parts of an answer file that stay with its authors."""

CSL = frozenset(
    (
        "accessed", "archive", "archive-place", "archive_collection", "archive_location",
        "author", "authority", "available-date", "call-number", "chair", "chapter-number",
        "citation-number", "collection-editor", "collection-number", "collection-title",
        "compiler", "composer", "container-author", "container-title", "container-title-short",
        "contributor", "curator", "dimensions", "director", "division", "doi", "edition",
        "editor", "editor-translator", "editorial-director", "event", "event-date",
        "event-place", "event-title", "executive-producer", "genre", "guest", "host", "id",
        "illustrator", "interviewer", "isbn", "issn", "issue", "issued", "jurisdiction",
        "language", "license", "locator", "medium", "narrator", "number", "number-of-pages",
        "number-of-volumes", "organizer", "original-author", "original-date",
        "original-publisher", "original-publisher-place", "original-title", "page",
        "page-first", "part-number", "part-title", "performer", "pmcid", "pmid",
        "printing-number", "producer", "publisher", "publisher-place", "recipient",
        "references", "reviewed-author", "reviewed-genre", "reviewed-title", "scale",
        "script-writer", "section", "series-creator", "status", "submitted",
        "supplement-number", "title", "title-short", "translator", "type", "url", "version",
        "volume", "volume-title", "volume-title-short", "year-suffix",
    )
)  # fmt: skip
"""CSL's names for what describes a work, and no more: programs that keep references also export
where a file lies on disk, and what its owner thought of it."""

OWN = frozenset(("abstract", "annote", "keyword", "note"))
"""CSL's names that a reference keeps where its authors typed it into the answer file itself."""


def public_copy(file: AnswerFile, *, issue: bool = False) -> str:
    """The answers as a file of their own, fit to be published.

    The references that are cited from bibliographies beside the file are written into it. `issue`
    keeps `plan.issue`, which a document may print.
    """
    said = file.answers.model_dump(exclude_unset=True)
    for key in (*PRIVATE, "notes", "bibliography", "references", "impactbrief"):
        said.pop(key, None)
    if issue and (printed := file.answers.plan.printed_issue):
        said["plan"] = {"issue": printed}
    if "toolkit" in said:
        said["toolkit"] = _inside(said["toolkit"], file.base)
    for person in _people(said.get("document", {})):
        person.pop("email", None)
    for part in said.get("proposal", {}).get("parts", []):
        part.pop("owner", None)
    for answer in said.get("assessment", {}).values():
        if isinstance(answer, dict):  # beside the elements stand notes
            answer.pop("owner", None)
            answer.pop("status", None)
    copy = {"impactbrief": file.answers.impactbrief, **_without_notes(said)}
    references = _references(file, copy)
    if references:
        copy["references"] = references
    return dump(copy)


def _people(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for group in ("authors", "contributors", "reviewers"):
        yield from document.get(group, [])


def _without_notes(value: Any, *others: str) -> Any:
    """Without notes, users' own keys and some others at any depth, and without what holds nothing
    then."""
    if isinstance(value, Mapping):
        kept = {
            key: _without_notes(item, *others)
            for key, item in value.items()
            if key not in ("notes", *others) and not key.startswith("x-")
        }
        return {key: item for key, item in kept.items() if item not in (None, [], {})}
    return [_without_notes(item, *others) for item in value] if isinstance(value, list) else value


def _inside(toolkit: str, base: Path) -> str:
    """A question bank's folder without the way to it, which is nobody's business."""
    path = Path(toolkit)
    if not path.is_absolute():
        name = path.name.strip(".") or "question-bank"
        return f"./{name}" if ".." in path.parts else toolkit
    home = base.resolve()
    return f"./{path.relative_to(home)}" if path.is_relative_to(home) else f"./{path.name}"


def _references(file: AnswerFile, copy: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All of the file's own references, and those of its bibliographies that the copy cites."""
    own = {reference.id for reference in file.answers.references}
    foreign = {str(item["id"]) for item in file.references} - own
    cited = set(_cited(copy, foreign)) if foreign else set()
    return [
        _described(item, CSL | OWN if item["id"] in own else CSL)
        for item in (_without_notes(item, "email", "owner") for item in file.references)
        if item["id"] in own | cited
    ]


def _described(item: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """A reference as far as it describes the work."""
    return {key: value for key, value in item.items() if key.lower() in known}


def _cited(value: Any, known: set[str]) -> Iterator[str]:
    """Which of the known references a value names, by a bare id or in prose."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _cited(item, known)
    elif isinstance(value, list):
        for item in value:
            yield from _cited(item, known)
    elif isinstance(value, str):
        if value in known:
            yield value
        if "@" in value:
            for citation in parse(value).citations:
                yield from (item.id for item in citation.items)
