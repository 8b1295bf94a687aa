"""A question whose answer is a list: adding, changing, moving and removing its entries."""

from impactbrief.answers.edits import Move, Remove
from impactbrief.answers.model import Reference
from impactbrief.answers.pasted import references_from
from impactbrief.ask.questions import Questions
from impactbrief.ask.talk import Go
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _
from impactbrief.interview import Step


class Entries:
    """A question whose answer is a list: add, change, move, remove."""

    def __init__(self, asking: Questions, step: Step) -> None:
        self.asking = asking
        self.step = step
        self.talk = asking.talk

    @property
    def count(self) -> int:
        return len(self.asking.interview.entries(self.step))

    def ask(self) -> None:
        """Shows the list until the user goes on."""
        while True:
            self._show()
            typed = self.asking.read(self.step)
            if not typed:
                return
            try:
                self._take(typed.strip())
            except ImpactBriefError as error:
                self.talk.say(str(error))

    def _show(self) -> None:
        say, step = self.talk.say, self.step
        say()
        if step.part:
            say(step.part)
        say(step.question)
        if step.hint:
            say(step.hint)
        entries = self.asking.interview.entries(step)
        for number, entry in enumerate(entries, start=1):
            say(f"{number} {entry}", indent="  ", hang="    ")
        if entries:
            say(_("+ adds, a number changes, - and a number removes, Enter goes on."))
        else:
            say(_("+ adds one ({one}), Enter goes on.").format(one=step.one))
        if step.of is Reference:
            say(_("Or paste an address, a DOI, or a CSL or BibTeX entry in one line."))

    def _take(self, typed: str) -> None:
        words = typed.split()
        if typed in ("+", "add", _("add")):
            self._entry(self.count)
        elif self._number(typed) is not None:
            self._entry(self._number(typed) or 0)
        elif typed.startswith("-") and (index := self._number(typed[1:].strip())) is not None:
            self.asking.workspace.edit(Remove((*self.step.path, index)))
        elif len(words) == 3 and words[0] in ("move", _("move")):
            old, new = self._number(words[1]), self._number(words[2])
            if old is None or new is None:
                self.talk.say(_("Type move and two numbers from the list."))
            else:
                self.asking.workspace.edit(Move(self.step.path, old, new))
        elif self.step.of is Reference:
            taken = {str(known.get("id")) for known in self.asking.workspace.file.references}
            pasted = references_from(typed, taken=taken, today=self.asking.now().date())
            for found in pasted.references:
                id_ = self.asking.workspace.add_reference(found)
                self.talk.say(_("Added. Cite it as [@{id}].").format(id=id_))
            if not pasted.whole:
                self.talk.say(_("Some of the text is no source; that is not added."))
        else:
            self.talk.say(_("That number is not in the list. Type + to add an entry."))

    def _number(self, typed: str) -> int | None:
        """The index of a number of the list."""
        if typed.isdecimal() and 1 <= int(typed) <= self.count:
            return int(typed) - 1
        return None

    def _entry(self, index: int) -> None:
        """Asks the questions of one entry. What was not answered of a new one leaves no trace."""
        at = 0
        while True:
            steps = self.asking.interview.entry(self.step, index)
            if at >= len(steps):
                return
            to: object = "next"
            try:
                if steps[at].more:
                    return
                self.asking.question(steps[at])
            except Go as go:
                to = go.to
            if isinstance(to, tuple):
                raise Go(to)
            if to == "topic":
                return
            if to == "back":
                if not at:
                    return
                at -= 1
            else:
                at += 1
