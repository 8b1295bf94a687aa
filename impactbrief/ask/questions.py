"""One question: putting it, taking the answer, and the commands that may stand in its place."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NoReturn

from impactbrief.answers.edits import Remove, Set
from impactbrief.ask.talk import END, Go, Leave, Talk
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _
from impactbrief.interview import Interview, Kind, Step
from impactbrief.interview.alike import folded
from impactbrief.workspace import Workspace

Editor = Callable[[str], str]
"""Lets the user edit a text and gives it back."""


class Questions:
    """The questions of one workspace."""

    def __init__(
        self, workspace: Workspace, talk: Talk, editor: Editor, now: Callable[[], datetime]
    ) -> None:
        self.workspace = workspace
        self.talk = talk
        self.editor = editor
        self.now = now
        self.opened: set[str] = set()
        """Topics whose rarer questions are asked too."""
        self.topic_said = ""
        """The topic that was announced last."""

    @property
    def interview(self) -> Interview:
        return self.workspace.interview

    # One question -----------------------------------------------------------------------------

    def question(self, step: Step) -> None:
        """Asks one question, be it a list."""
        raise NotImplementedError

    def ask(self, step: Step) -> None:
        """Asks one question until it is answered, skipped or left."""
        self._put(step)
        while True:
            typed = self.read(step)
            if not typed or typed == END:
                self._take_suggestion(step)
                return
            try:
                if self._answer(step, typed):
                    break
            except ImpactBriefError as error:
                self.talk.say(str(error))
        answered = self.interview.step_at(step.path)
        for problem in answered.problems if answered is not None else ():
            self.talk.say(f"! {problem.what} {problem.hint}".strip())

    def _put(self, step: Step) -> None:
        """Says the question, the choices, and the answer that is there."""
        say = self.talk.say
        say()
        if step.part and step.part != step.question:
            say(step.part)
        say(step.question)
        if step.hint:
            say(step.hint)
        for number, choice in enumerate(step.choices, start=1):
            word = choice.word
            if choice.meaning:
                word = _("{label}: {text}").format(label=word, text=choice.meaning)
            say(f"{number} {word}", indent="  ", hang="    ")
        now = self.interview.shown(step)
        if now:
            say(_("Your answer so far: {answer}").format(answer=now))
        elif suggestion := self.interview.suggestion(step):
            say(_("Press Enter for: {answer}").format(answer=suggestion))
        say(_how(step))

    def _take_suggestion(self, step: Step) -> None:
        if suggestion := self.interview.suggestion(step):
            self.workspace.edit(Set(step.path, suggestion))

    def _answer(self, step: Step, typed: str) -> bool:
        """Whether what was typed is an answer; it is in the file then."""
        value: str | list[str] | bool
        match step.kind:
            case Kind.OTHER:
                self.talk.say(_("This answer can only be removed here: type clear."))
                return False
            case Kind.FLAG:
                said = _yes_or_no(typed)
                if said is None:
                    self.talk.say(_("Type y or n."))
                    return False
                value = said
            case Kind.CHOICES if not step.free:
                chosen = [self._choice(step, piece) for piece in typed.replace(",", " ").split()]
                if None in chosen:
                    return False
                value = [each for each in chosen if each is not None]
            case Kind.CHOICES:
                offered = [self._choice(step, line) or line for line in self.lines(typed)]
                value = [line for line in offered if line.strip()]
            case Kind.RATING | Kind.CHOICE:
                found = self._choice(step, typed)
                if found is None and not step.free:
                    return False
                value = found or typed
            case Kind.PROSE:
                value = self._prose(step, typed)
            case _:
                value = typed
        self.workspace.edit(self.interview.answer(step, value))
        return True

    def _choice(self, step: Step, typed: str) -> str | None:
        """The value of a choice by its number, key, word or value; says so if there is none."""
        wanted = folded(typed.strip())
        if wanted.isdecimal() and 1 <= int(wanted) <= len(step.choices):
            return step.choices[int(wanted) - 1].value
        for choice in step.choices:
            if wanted and wanted in (choice.value.lower(), folded(choice.word), choice.key):
                return choice.value
        near = [each for each in step.choices if folded(each.word).startswith(wanted)]
        if wanted and len(near) == 1:
            return near[0].value
        if not step.free:
            self.talk.say(
                _("“{typed}” is none of the choices. Type a number from 1 to {last}.").format(
                    typed=typed, last=len(step.choices)
                )
            )
        return None

    def _prose(self, step: Step, first: str, before: str = "") -> str:
        """The lines of a text; each is in the journal before the next one is read."""
        text = ""
        for line in self.lines(first):
            text = f"{text}\n{line}" if text else f"{before}{line}"
            self.workspace.draft(step.path, text, as_one=True)
        return text

    def lines(self, first: str) -> Iterator[str]:
        """The lines of an answer, up to the dot that ends it. The end of the input ends it too."""
        line, told = first, False
        while line != END:
            yield "." if line == ".." else line
            try:
                line = self.talk.line()
            except Leave:
                return
            if not told and line.strip().lower() in _commands():
                told = True
                self.talk.say(
                    _(
                        "“{word}” is taken as a line of the answer: a lone dot ends it first."
                    ).format(word=line.strip())
                )

    # Commands ---------------------------------------------------------------------------------

    def read(self, step: Step | None) -> str:
        """A line that is an answer; commands are carried out, but not behind a backslash."""
        while True:
            typed = self.talk.line()
            stripped = typed.strip()
            if not self._command(stripped, step):
                return typed.rstrip() if not stripped.startswith("\\") else stripped[1:]

    def _command(self, typed: str, step: Step | None) -> bool:
        """Whether a line was a command; it has been carried out then."""
        word, _blank, rest = typed.partition(" ")
        command = _commands().get(word.lower())
        if command is None or (rest and command != "go"):
            return False
        match command:
            case "help":
                self._help(step)
            case "list":
                self._list()
            case "go" if rest:
                return self._go(rest.strip())
            case "back":
                raise Go("back")
            case "skip":
                raise Go("next")
            case "next":
                raise Go("topic")
            case "quit":
                raise Leave
            case "undo" | "redo":
                self._undo(command)
            case "save":
                self.talk.say(self.workspace.save().words())
            case "note" if step is not None:
                self._note(step)
            case "clear" if step is not None:
                self.workspace.edit(Remove(step.path))
                raise Go("next")
            case "blank" if step is not None and step.blank:
                self.workspace.edit(Set(step.path, ""))
                raise Go("next")
            case "edit" if step is not None and step.kind is Kind.PROSE:
                self._edit(step)
            case "add" if step is not None and step.kind is Kind.PROSE:
                before = self.workspace.shown(step.path)
                text = self._prose(step, self.talk.line(), f"{before}\n\n" if before else "")
                self.workspace.edit(self.interview.answer(step, text))
                raise Go("next")
            case _:
                return False
        return True

    def _help(self, step: Step | None) -> None:
        say = self.talk.say
        if step is not None:
            for question in step.asks:
                say(f"- {question}", hang="  ")
            topic = next((t for t in self.interview.topics if t.id == self.topic_said), None)
            for guide in (topic.guide if topic is not None else "", step.guide):
                for paragraph in guide.split("\n\n") if guide else ():
                    say(paragraph)
            if step.example:
                say(_("Example: {example}").format(example=step.example.strip()))
            if step.private:
                say(_("This is never printed."))
            say(_("Place: {place}").format(place=step.id))
        say(_("back: the question before. skip: the next one. next: the next topic."))
        say(_("list: all topics. go 7, go privacy: to a topic. quit: save and stop."))
        say(_("clear: take the answer away. undo, redo. note: a private note. save: save now."))
        if step is not None and step.kind is Kind.PROSE:
            say(_("edit: in your editor. add: more lines below what is there."))
        if step is not None and step.blank:
            say(_("blank: {meaning}").format(meaning=step.blank))
        say(_("To answer with one of these words, put a backslash before it: \\back"))

    def _list(self) -> None:
        number = 0
        for group in self.interview.groups:
            self.talk.say(group.title)
            for topic in group.topics:
                number += 1
                state = topic.state.word
                if topic.rating is not None:
                    state = _("{state}, {rating}").format(state=state, rating=topic.rating.name)
                line = _("{label}: {text}").format(label=topic.title, text=state)
                self.talk.say(f"{number:>3} {line}", hang="    ")
        self.talk.say(_("Type go and a number."))

    def _go(self, where: str) -> bool:
        topics = self.interview.topics
        if where.isdecimal() and 1 <= int(where) <= len(topics):
            topic = topics[int(where) - 1]
        elif any(each.id == where for each in topics):
            topic = self.interview.topic(where)
        elif (spot := self.interview.find(where)) is not None and ("." in where or spot.step):
            topic = spot.topic
            step = spot.step
            if step is not None and spot.entry is not None:
                step = next(each for each in topic.steps if each.path == spot.entry[:-1])
            if step is not None:
                if step.more:
                    self.opened.add(topic.id)
                raise Go((topic.id, step.path))
        elif " " in where:
            return False  # an answer that begins with “Go”
        else:
            self.talk.say(_("There is no “{place}”. Type list.").format(place=where))
            return True
        first = topic.main[0].path if topic.main else None
        raise Go((topic.id, first))

    def _undo(self, which: str) -> None:
        done = self.workspace.undo() if which == "undo" else self.workspace.redo()
        if done is None:
            self.talk.say(_("There is nothing to undo.") if which == "undo"
                          else _("There is nothing to redo."))  # fmt: skip
            return
        said = _("Undone: {what}.") if which == "undo" else _("Done again: {what}.")
        self.talk.say(said.format(what=done.label))
        spot = self.interview.find(done.path)
        if spot is not None and spot.step is not None:
            step = spot.step
            if spot.entry is not None:
                step = next(each for each in spot.topic.steps if each.path == spot.entry[:-1])
            if step.more:
                self.opened.add(spot.topic.id)
            raise Go((spot.topic.id, step.path))

    def _note(self, step: Step) -> None:
        self.talk.say(_("Type the note. A line with only a dot ends it."))
        about = str(step.path[len(step.notes) - 1]) if step.path[-1] != "notes" else ""
        text, added = "", None
        for line in self.lines(self.talk.line()):
            text = f"{text}\n{line}" if text else line
            if added is not None:  # it is in the journal before the next line is read
                self.workspace.draft((*added.path, "text"), text, as_one=True)
            elif text.strip():
                added = self.workspace.add_note(step.notes[:-1], text, about=about)
        if added is not None:
            self.workspace.settle()
            self.talk.say(_("Noted. It is never printed."))

    def _edit(self, step: Step) -> NoReturn:
        try:
            text = self.editor(self.workspace.shown(step.path))
        except ImpactBriefError as error:
            self.talk.say(str(error))
            raise Go((self.topic_said, step.path)) from None
        self.workspace.edit(self.interview.answer(step, text))
        raise Go("next")


def _how(step: Step) -> str:
    """How to answer, in a line."""
    dot = _("One in each line. A line with only a dot ends the list. Press Enter to go on.")
    match step.kind:
        case Kind.RATING | Kind.CHOICE if not step.free:
            return _("Type a number, or press Enter to go on.")
        case Kind.CHOICES:
            return dot if step.free else _("Type numbers, or press Enter to go on.")
        case Kind.FLAG:
            return _("Type y or n, or press Enter to go on.")
        case Kind.PROSE:
            return _("A line with only a dot ends the answer. Press Enter to go on.")
        case Kind.OTHER:
            return _("Type clear to remove the answer, or press Enter to go on.")
    return _("Press Enter to go on.")


def _yes_or_no(typed: str) -> bool | None:
    word = folded(typed.strip())
    if word in ("y", "yes", "true", folded(_("y")), folded(_("yes"))):
        return True
    return False if word in ("n", "no", "false", folded(_("n")), folded(_("no"))) else None


def _commands() -> dict[str, str]:
    """The words of commands, in English and in the interface's language."""
    words = {
        "back": _("back"), "skip": _("skip"), "next": _("next"), "list": _("list"), "go": _("go"),
        "quit": _("quit"), "undo": _("undo"), "redo": _("redo"), "save": _("save"),
        "note": _("note"), "clear": _("clear"), "blank": _("blank"), "edit": _("edit"),
        "add": _("add"), "help": _("help"),
    }  # fmt: skip
    named = {word: word for word in words} | {told.lower(): word for word, told in words.items()}
    return named | {"?": "help"}
