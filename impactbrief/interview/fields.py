"""Every field of the answer file as a question, by the model that holds it.

The interface's words for what the question bank has no words for: forms, lists, settings. A field
that has no entry here can't be asked for; a test holds this table to the model.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from impactbrief.answers import model as shapes
from impactbrief.i18n import _, pgettext
from impactbrief.interview.model import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a mapping as a question."""

    name: str
    kind: Kind
    title: str
    question: str = ""
    hint: str = ""
    choices: str = ""
    """Where its choices come from; see `choices.choices`."""
    guidance: str = ""
    """The question bank's guidance for it."""
    free: bool = False
    required: bool = False
    expected: bool = False
    more: bool = False
    private: bool = False
    of: type[BaseModel] | None = None
    one: str = ""
    example: str = ""
    blank: str = ""


def _line(name: str, title: str, question: str = "", hint: str = "", **rest: object) -> Field:
    return Field(name, Kind.LINE, title, question, hint, **rest)  # type: ignore[arg-type]


def _prose(name: str, title: str, question: str = "", hint: str = "", **rest: object) -> Field:
    return Field(name, Kind.PROSE, title, question, hint, **rest)  # type: ignore[arg-type]


def _date(name: str, title: str, question: str = "", hint: str = "", **rest: object) -> Field:
    hint = hint or _("A year, a month or a day: 2026, 2026-11 or 2026-11-21.")
    return Field(name, Kind.DATE, title, question, hint, **rest)  # type: ignore[arg-type]


def _choice(name: str, title: str, choices: str, question: str = "", **rest: object) -> Field:
    return Field(name, Kind.CHOICE, title, question, choices=choices, **rest)  # type: ignore[arg-type]


def _choices(name: str, title: str, choices: str, question: str = "", **rest: object) -> Field:
    return Field(name, Kind.CHOICES, title, question, choices=choices, **rest)  # type: ignore[arg-type]


def _entries(
    name: str, title: str, of: type[BaseModel], one: str, question: str = "", **rest: object
) -> Field:
    return Field(name, Kind.ENTRIES, title, question, of=of, one=one, **rest)  # type: ignore[arg-type]


def _notes() -> Field:
    return _entries(
        "notes", _("Private notes"), shapes.Note, _("note"),
        hint=_("Notes are for you and your team. They are never printed."), more=True, private=True,
    )  # fmt: skip


def _words(name: str, title: str, question: str = "", **rest: object) -> Field:
    return Field(name, Kind.CHOICES, title, question, free=True, **rest)  # type: ignore[arg-type]


class Name(BaseModel):
    """A name in a reference, as CSL has it."""

    family: str = ""
    given: str = ""
    literal: str = ""


@cache
def fields() -> Mapping[type[BaseModel], tuple[Field, ...]]:
    """The fields of each mapping, in the order in which they are asked."""
    return {
        model: (*asked, *(() if _has_notes(asked) or not _may_note(model) else (_notes(),)))
        for model, asked in _asked().items()
    }


def _has_notes(asked: tuple[Field, ...]) -> bool:
    return any(field.name == "notes" for field in asked)


def _may_note(model: type[BaseModel]) -> bool:
    return "notes" in model.model_fields


def field_of(model: type[BaseModel], name: str) -> Field | None:
    """The field `name` of a mapping; None for one that is no question."""
    return next((field for field in fields().get(model, ()) if field.name == name), None)


def _asked() -> dict[type[BaseModel], tuple[Field, ...]]:
    return {**_forms(), **_lists(), **_findings()}


def _forms() -> dict[type[BaseModel], tuple[Field, ...]]:
    person, people = shapes.Person, _("Names of people or groups, in the order to be printed.")
    return {
        shapes.Answers: (
            _line("language", _("Language"), _("In which language is the brief written?"),
                  _("A language code such as en, fr or pt-BR."), example="en"),
            _line("toolkit", _("Question bank"), _("Which question bank do you use?"),
                  _("“iiat” is the one that ships. For your own, write its folder: ./my-bank."),
                  more=True),
            Field("bibliography", Kind.CHOICES, _("Bibliographies"),
                  _("Which files hold further references?"),
                  _("CSL-JSON, CSL-YAML or BibTeX files beside the answer file."), free=True,
                  more=True, example="references.json"),
            _entries("ignore", _("Accepted"), shapes.Ignored, _("accepted gap"),
                     _("Which gaps do you accept, and why?"),
                     hint=_("The check no longer lists a gap that you accept."), more=True,
                     private=True),
        ),
        shapes.Document: (
            _line("title", _("Title"), _("What is the title of the brief?"),
                  _("A working title is fine."), required=True, expected=True,
                  example=_("South Korea’s interconnection rules")),
            _line("subtitle", _("Subtitle"), _("Is there a subtitle?"), more=True),
            _date("date", _("Date"), _("What is the date of the brief?"), expected=True),
            _entries("authors", _("Authors"), person, _("author"), _("Who writes it?"),
                     hint=people, expected=True),
            _line("licence", _("Licence"), _("Under which licence may others use it?"),
                  _("An SPDX id such as CC-BY-4.0, or a sentence."), expected=True,
                  example="CC-BY-4.0"),
            _choice("status", _("Status"), "document_statuses", _("What stage is the document at?"),
                    hint=_("A draft carries a visible mark on every page.")),
            _line("publisher", _("Publisher"), _("Who publishes it?")),
            _line("contact", _("Contact"), _("How can readers reach you?"),
                  _("An e-mail address or a web address. It is printed.")),
            _words("keywords", _("Keywords"), _("Which keywords describe it?"), more=True,
                   example=_("interconnection, sender pays")),
            _line("version", _("Version"), _("Which version is this?"), example="1.0", more=True),
            _date("revised", _("Revised"), _("When was this version made?"),
                  _("Only where it is not the first version."), more=True),
            _prose("editors_note", _("Editor’s note"),
                   _("Is there anything to say before the brief begins?"), more=True),
            _entries("contributors", _("Contributors"), person, _("contributor"),
                     _("Who contributed?"), hint=people, more=True),
            _entries("reviewers", _("Reviewers"), person, _("reviewer"), _("Who reviewed it?"),
                     hint=people, more=True),
            _choice("citation_style", _("Citation style"), "citation_styles",
                    _("In which style are sources cited?"),
                    hint=_("The name of a CSL style, such as ieee or apa."), free=True, more=True),
        ),
        shapes.Proposal: (
            _line("name", _("Proposal"), _("What is assessed? Give its name."),
                  _("The name by which people know it. A short one is fine."), required=True,
                  expected=True),
            _choice("kind", _("Kind"), "proposal_kinds", _("What kind of proposal is it?"),
                    expected=True),
            _choice("status", _("Status"), "proposal_statuses", _("What stage is the proposal at?"),
                    expected=True),
            _line("status_note", _("More on the status"),
                  _("Is there more to say on its status?"), more=True),
            Field("jurisdictions", Kind.CHOICES, _("Jurisdictions"), _("Where would it apply?"),
                  _("ISO country codes such as KR, or EU, global, or a name in words."), free=True,
                  expected=True, choices="jurisdictions", example="KR"),
            _line("proponent", _("Proposed by"), _("Who proposes it?")),
            _line("venue", _("Where it is decided"), _("Where is it decided?")),
            _line("url", _("Web address"), _("Where can its text be read?"),
                  example="https://example.org/bill"),
            _entries("dates", _("Dates"), shapes.Event, _("date"),
                     _("Which dates matter: consultation, votes, entry into force?")),
            _prose("aims", _("Aims"), _("What is it for, in the words of its authors?"),
                   guidance="aims", expected=True),
            _prose("mechanism", _("Mechanism"), _("What does it do?"), guidance="mechanism",
                   expected=True),
            _entries("parts", _("Parts"), shapes.Part, _("part"),
                     _("Which articles, parts of a specification or scenarios do you look at?"),
                     guidance="parts"),
        ),
        shapes.Plan: (),
        shapes.Sections: (
            _prose("context", _("Context"), _("What must a reader know to follow the brief?"),
                   guidance="context", expected=True),
            Field("assumptions", Kind.CHOICES, _("Assumptions"), _("What do you assume?"),
                  guidance="assumptions", free=True),
            _prose("conclusion", _("Conclusion"), _("What follows from the findings?"),
                   guidance="conclusion", expected=True),
            _prose("abstract", _("Abstract"),
                   _("What is it about, what did you find, what should be done?"),
                   guidance="abstract", expected=True),
            _prose("methodology", _("Methodology"), _("How did you work?"),
                   _("Without an answer, the brief prints the question bank’s own paragraph."),
                   more=True, blank=_("leave the paragraph out")),
            _prose("acknowledgements", _("Acknowledgements"), _("Whom do you thank?"), more=True),
            _prose("disclaimer", _("Disclaimer"), _("Is there a disclaimer?"), more=True),
        ),
        shapes.Headings: (),
        shapes.Governance: (),
        shapes.GovernanceSide: (),
        shapes.Screening: (),
        shapes.Elements: (),
        shapes.Goals: (),
        shapes.Angles: (),
    }  # fmt: skip


def _lists() -> dict[type[BaseModel], tuple[Field, ...]]:
    deadline = _("Is it a deadline for those who want to be heard?")
    return {
        shapes.Person: (
            _line("name", _("Name"), _("What is the name?"), expected=True),
            Field("affiliation", Kind.CHOICES, _("Affiliation"),
                  _("Which organisation do they belong to?"), free=True),
            _choice("kind", _("Kind"), "person_kinds", _("A person or a group?")),
            _line("role", _("Role"), _("In which role?"), example=_("Lead author")),
            _line("email", _("E-mail"), _("Which e-mail address?"), _("It is never printed."),
                  private=True),
            _line("orcid", _("ORCID"), _("Which ORCID?"), example="0000-0002-1825-0097"),
            _line("suffix", _("Letters after the name"),
                  _("Which letters follow the name, such as PhD?"),
                  example="PhD"),
        ),
        shapes.Audience: (
            _line("who", _("Who"), _("Whom should it reach?"), expected=True),
            _line("interest", _("Interest"), _("What interests them most?")),
        ),
        shapes.TeamMember: (
            _line("name", _("Name"), _("Who is it?"), expected=True),
            _line("skill", _("Skill"), _("What do they bring?")),
        ),
        shapes.Step: (
            _line("what", _("What"), _("What is to be done?"), expected=True),
            _line("owner", _("Who"), _("Who does it?")),
            _date("due", _("By when"), _("By when?")),
        ),
        shapes.Event: (
            _line("event", _("What"), _("What happens?"), expected=True),
            _date("date", _("Date"), _("When? Leave it out if it is not known.")),
            _date("end", _("Until"), _("Until when, if it lasts?")),
            Field("deadline", Kind.FLAG, _("Deadline"), deadline),
        ),
        shapes.Part: (
            _line("label", _("Number or name"), _("By which number or short name is it known?"),
                  _("Such as Article 34-2, Section 5.1 or Scenario A."), expected=True,
                  example=_("Article 34-2")),
            _line("id", _("Short id"), _("Which short id should stand for it in your answers?"),
                  _("Lower-case words joined by hyphens. Made for you if you leave it empty."),
                  required=True, expected=True,
                  example="art-34-2"),
            _line("title", _("Heading"), _("What is its heading, if it has one?")),
            _choice("kind", _("Kind"), "part_kinds",
                    _("Is it a provision, a part of a specification, or a scenario?")),
            _prose("summary", _("In your words"), _("What does it say, in your words?")),
            _prose("text", _("Quotation"), _("What does it say, word for word?"),
                   _("It is printed as a quotation.")),
            _line("language", _("Quoted in"), _("In which language is the quotation?"),
                  _("Only where it is not the language of the brief."), more=True),
            _choice("source", _("Source"), "references", _("Which source is it from?"), free=True),
            _choice("status", _("Status"), "proposal_statuses",
                    _("What stage is it at, if different?"), more=True),
            _date("date", _("Date"), _("What is its date, if different?"), more=True),
            _line("url", _("Web address"), _("Where can it be read?"), more=True),
            _line("owner", _("Who works on it"), _("Who works on it?"), more=True, private=True),
        ),
        shapes.Stakeholder: (
            _line("name", _("Name"), _("Who is affected?"), expected=True),
            _choice("group", _("Group"), "stakeholder_groups", _("Which group do they belong to?")),
            _line("interest", _("Interest"), _("What matters to them?")),
            _choice("invited", _("Invited"), "involvement", _("Were they invited?")),
            _choice("took_part", _("Took part"), "involvement", _("Did they take part?")),
        ),
        shapes.Evidence: (
            _choice("id", _("Source"), "references", _("Which source?"), free=True, required=True,
                    expected=True),
            _line("locator", _("Page or section"), _("Which page or section?"), example=_("p. 4")),
            _line("shows", _("What it shows"), _("What does it show?")),
        ),
        shapes.Case: (
            _choice("part", _("Part"), "parts", _("For which part or scenario?"), free=True,
                    required=True, expected=True),
            Field("impact", Kind.RATING, _("Impact"), _("How is it affected there?")),
            _prose("reason", _("Reason"), _("Why?")),
        ),
        shapes.Recommendation: (
            _prose("text", _("Recommendation"), _("What do you recommend?"), expected=True),
            _line("to", _("Who should act"), _("Who should do it?"), expected=True),
            _choice("action", _("Action"), "actions", _("What should they do?")),
            _choices("because", _("Follows from"), "reasons",
                     _("Which findings does it follow from?")),
            _choice("priority", _("Priority"), "priorities", _("How urgent is it?")),
            _choices("parts", _("Parts"), "parts", _("Which parts does it concern?")),
            _prose("wording", _("Suggested wording"), _("Can you suggest the wording?")),
        ),
        shapes.Reference: (
            _line("title", _("Title"), _("What is its title?"), expected=True),
            _choice("type", _("Type"), "reference_types", _("What kind of source is it?"),
                    free=True),
            _entries("author", _("Authors"), Name, _("name"), _("Who wrote it?")),
            _date("issued", _("Date"), _("When was it published?")),
            _line("URL", _("Web address"), _("Where can it be read?")),
            _date("accessed", _("Accessed"), _("When did you look at it?")),
            _line("publisher", _("Publisher"), _("Who published it?")),
            _line("container-title", _("Journal or site"),
                  _("In which journal, book or site did it appear?")),
            _line("id", _("Citation key"), _("Under which key is it cited?"),
                  _("Letters, digits and hyphens; texts cite it as [@key]."), required=True,
                  expected=True, example="kt-2016"),
            _line("number", _("Number"), _("Which number does it have?"), more=True),
            _line("volume", _("Volume"), _("Which volume?"), more=True),
            _line("issue", pgettext("of a journal", "Issue"), _("Which issue?"), more=True),
            _line("page", _("Pages"), _("Which pages?"), more=True),
            _line("DOI", _("DOI"), _("Which DOI?"), example="10.1000/xyz", more=True),
        ),
        Name: (
            _line("family", _("Family name"), _("What is the family name?")),
            _line("given", _("Given name"), _("What is the given name?")),
            _line("literal", _("Organisation"), _("Or which organisation is it?")),
        ),
        shapes.GlossaryEntry: (
            _line("term", _("Term"), _("Which term?"), required=True, expected=True),
            _prose("definition", _("Definition"), _("What does it mean?"), expected=True),
        ),
        shapes.Annex: (
            _line("title", _("Title"), _("What is its title?"), required=True, expected=True),
            _prose("body", _("Text"), _("What does it say?"), expected=True),
        ),
        shapes.Ignored: (
            _line("rule", _("Rule"), _("Which rule?"), required=True, expected=True,
                  example="IB007"),
            _line("where", _("Where"), _("Where? Without an answer, everywhere."),
                  example="assessment.privacy"),
            _line("reason", _("Reason"), _("Why is it fine?"), expected=True),
        ),
        shapes.Note: (
            _prose("text", _("Note"), _("What do you want to note?"), expected=True, private=True),
            _line("by", _("By"), _("Who says so?"), private=True),
            _date("date", _("Date"), _("When?"), private=True),
            _line("about", _("About"), _("About which field?"), private=True),
            Field("resolved", Kind.FLAG, _("Resolved"), _("Is it resolved?"), private=True),
            _entries("notes", _("Answers"), shapes.Note, _("answer"), _("Answers to this note"),
                     more=True, private=True),
        ),
    }  # fmt: skip


def _findings() -> dict[type[BaseModel], tuple[Field, ...]]:
    evidence = _entries(
        "evidence", _("Evidence"), shapes.Evidence, _("source"), _("What supports it?"),
        guidance="evidence",
    )  # fmt: skip
    more: tuple[Field, ...] = (
        _choice("confidence", _("Confidence"), "confidence", _("How sure are you?"),
                guidance="confidence", more=True),
        _prose("depends_on", _("Depends on"), _("What does it depend on?"), guidance="depends",
               more=True),
        _choices("parts", _("Parts"), "parts", _("Which parts does it follow from?"),
                 guidance="parts", more=True),
        _prose("mitigation", _("What would help"),
               _("What would reduce the harm or secure the gain?"), guidance="mitigation",
               more=True),
    )  # fmt: skip
    rating = Field(
        "impact", Kind.RATING, _("Impact"),
        _("How does the proposal affect the Internet as a whole?"),
        guidance="rating", expected=True,
    )  # fmt: skip
    people = _prose(
        "effect_on_people", _("People"), _("What does it mean for people and organisations?"),
        guidance="effect_on_people",
    )  # fmt: skip
    summary = _prose("summary", _("Summary"), _("What do the findings mean together?"),
                     expected=True)  # fmt: skip
    return {
        shapes.ElementAnswer: (
            rating,
            _prose("effect_on_internet", _("How"), _("How does it affect the Internet?"),
                   guidance="effect_on_internet"),
            people,
            evidence,
            *more,
            _entries("cases", _("Cases"), shapes.Case, _("case"),
                     _("Where does the rating differ by part or scenario?"), guidance="cases",
                     more=True),
            _line("owner", _("Who works on it"), _("Who works on it?"), more=True, private=True),
            _choice("status", _("Stage of the work"), "element_statuses",
                    _("What stage is the work at?"),
                    hint=_("If you leave this empty, the program works it out from what you have"
                           " filled in."), more=True,
                    private=True),
        ),
        shapes.GoalAnswer: (
            rating,
            summary,
            Field(people.name, people.kind, people.title, people.question,
                  guidance=people.guidance, more=True),
            Field(evidence.name, evidence.kind, evidence.title, evidence.question,
                  guidance=evidence.guidance, of=evidence.of, one=evidence.one, more=True),
            *more,
        ),
        shapes.GovernanceAnswer: (
            _choice("answer", _("Answer"), "governance_answers", expected=True),
            _prose("explanation", _("Explanation"), _("What is the reason for this answer?")),
            _entries("evidence", _("Evidence"), shapes.Evidence, _("source"),
                     _("What supports this answer?"), more=True),
            _date("date", _("Date"), _("When did it happen?"), more=True),
            _line("url", _("Web address"), _("Where can it be seen?"), more=True),
        ),
        shapes.ScreeningAnswer: (
            _choice("answer", _("Answer"), "screening_answers", expected=True, private=True),
            _line("note", _("Note"), _("Why?"), private=True, more=True),
        ),
    }  # fmt: skip


@cache
def list_fields() -> Mapping[str, Field]:
    """The lists at the top of an answer file that have a topic of their own."""
    lists = (
        _entries("stakeholders", _("Stakeholders"), shapes.Stakeholder, _("stakeholder"),
                 _("Who is affected, and who was heard?"), guidance="stakeholders"),
        _entries("recommendations", _("Recommendations"), shapes.Recommendation,
                 _("recommendation"), _("What do you recommend?"), guidance="recommendations"),
        _entries("references", _("References"), shapes.Reference, _("reference"),
                 _("Which sources does the brief use?"), guidance="references"),
        _entries("glossary", _("Glossary"), shapes.GlossaryEntry, _("term"),
                 _("Which terms does the brief explain besides the common ones?")),
        _entries("annexes", _("Annexes"), shapes.Annex, _("annex"),
                 _("What is too long for the brief itself?")),
    )  # fmt: skip
    return {field.name: field for field in lists}


@cache
def plan_fields() -> Mapping[str, Field]:
    """The fields of the planning worksheet; their words come from the question bank."""
    made = (
        _prose("issue", _("Issue"), expected=True),
        _prose("outcome", _("Outcome"), expected=True, private=True),
        _entries("audience", _("Audience"), shapes.Audience, _("reader"), expected=True,
                 private=True),
        _prose("beneficiaries", _("Who benefits"), expected=True, private=True),
        _date("deadline", _("Deadline"), expected=True, private=True),
        _entries("team", _("Team"), shapes.TeamMember, _("person"), expected=True, private=True),
        _prose("risks", _("Risks"), expected=True, private=True),
        _choices("builds_on", _("What it builds on"), "references", free=True, expected=True,
                 private=True),
        _prose("channel", _("Channel"), expected=True, private=True),
        _choices("outputs", _("Documents"), "outputs", expected=True, private=True),
        _entries("schedule", _("Schedule"), shapes.Step, _("task"), expected=True, private=True),
    )  # fmt: skip
    return {field.name: field for field in made}
