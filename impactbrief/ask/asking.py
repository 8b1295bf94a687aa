"""The walk through an interview, from recovery to the last save."""

from typing import Literal

from impactbrief.ask.entries import Entries
from impactbrief.ask.questions import Questions
from impactbrief.ask.talk import Go, Leave, Stop
from impactbrief.assessment import Weight
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _, ngettext
from impactbrief.interview import Kind, Step, Topic, place
from impactbrief.interview.alike import folded
from impactbrief.shape import as_typed
from impactbrief.yamltext import dotted


class Asking(Questions):
    """One interview: where it is and where it goes on."""

    # From start to end ------------------------------------------------------------------------

    def run(self) -> int:
        workspace, say = self.workspace, self.talk.say
        say(workspace.answers.document.title)
        if workspace.read_only and not self._take_over():
            workspace.close(save=False)
            return 4
        interrupted = False
        try:
            self._recover()
            self._welcome()
            self._walk()
        except Leave:
            pass
        except KeyboardInterrupt:
            interrupted = True
        except BaseException:
            workspace.close()
            raise
        while workspace.save().failed or workspace.conflict is not None:
            if workspace.conflict is None or interrupted or not self._resolve():
                break
        state = workspace.close()
        say(state.words())
        if state.pending:
            return 4
        say(str(workspace.path))
        return 130 if interrupted else 0

    def _take_over(self) -> bool:
        """Whether a file that can't be written, because somebody else works on it, is ours now."""
        workspace, say = self.workspace, self.talk.say
        say(workspace.state.words())
        if workspace.lock_owner is None:
            return False
        if not self.talk.person:
            say(_("End the work on it there, then start this again."))
            return False
        say(
            _(
                "If nobody works on it there any more, work on it here all the same. If somebody"
                " does, both versions are kept."
            )
        )
        say(_("1 leave, 2 work on it here. Press Enter to leave."))
        try:
            if self.talk.choice(2) == 2:
                workspace.take_over()
        except (Leave, KeyboardInterrupt):
            pass
        return not workspace.read_only

    def _recover(self) -> None:
        while (recovery := self.workspace.recovery) is not None:
            say = self.talk.say
            say(recovery.words())
            say(_("1 restore, 2 look, 3 discard. Press Enter to restore."))
            match self.talk.choice(3):
                case 2:
                    for change in recovery.changes:
                        named = place(self.workspace.toolkit, change.path)
                        say(change.label or named, indent="  ")
                    for difference in recovery.differences:
                        say(f"{dotted(difference.path)}: {as_typed(difference.mine)}", indent="  ")
                case 3:
                    self.workspace.discard()
                case _:
                    self.workspace.restore()
                    for _path, typed in recovery.loose:
                        say(_("This text has lost its place:"))
                        say(typed)

    def _welcome(self) -> None:
        count = self.interview.count
        self.talk.say(
            _("{done} of {total} topics done. Your answers are saved as you go.").format(
                done=count.done, total=count.total
            )
        )
        self.talk.say(_("Type ? for help, list for all topics, quit to stop."))

    def _resolve(self) -> bool:
        """Whether a file that was changed outside is settled now."""
        conflict = self.workspace.conflict
        assert conflict is not None
        say = self.talk.say
        say(_("Somebody else has changed the file. Answers that differ:"))
        for difference in conflict.differences:
            say(f"{dotted(difference.path)}", indent="  ")
            say(_("mine: {value}").format(value=as_typed(difference.mine)), indent="    ")
            say(_("theirs: {value}").format(value=as_typed(difference.theirs)), indent="    ")
        say(_("1 keep both in two files, 2 take theirs, 3 keep mine, 4 join them."))
        say(_("Press Enter to keep both."))
        try:
            chosen = self.talk.choice(4)
        except Leave:
            chosen = 1
        try:
            if chosen == 2:
                self.workspace.take_theirs()
            elif chosen == 3:
                self.workspace.keep_mine()
            elif chosen == 4:
                self.workspace.merge()
            else:
                say(_("Your version is in {file}.").format(file=self.workspace.keep_both()))
        except ImpactBriefError as error:
            say(str(error))
            return False
        return True

    def _walk(self) -> None:
        start = None
        if self.talk.person:  # lines from a pipe always begin at the same question
            start = self.interview.find(self.workspace.place)
        start = start or self.interview.next_open()
        here = self._stops()[0]
        if start is not None and start.step is not None:
            here = (start.topic.id, start.step.path)
        while True:
            to: Literal["next", "back", "topic"] | Stop = "next"
            if here[1] is not None:
                self.workspace.place = dotted(here[1])
            try:
                self._stop(here)
            except Go as go:
                to = go.to
            self._save()
            stops = self._stops()
            at = stops.index(here) if here in stops else self._nearest(stops, here)
            if isinstance(to, tuple):
                here = to
                self.topic_said = ""
            elif to == "back":
                here = stops[max(at - 1, 0)]
            else:
                rest = stops[at + 1 :]
                if to == "topic":
                    rest = [stop for stop in rest if stop[0] != here[0]]
                if not rest:
                    raise Leave
                here = rest[0]

    def _stops(self) -> list[Stop]:
        """Every place to stop at, in order."""
        stops: list[Stop] = []
        for topic in self.interview.topics:
            stops += [(topic.id, step.path) for step in topic.main]
            if topic.more and topic.id in self.opened:
                stops += [(topic.id, step.path) for step in topic.more]
            elif topic.more or not topic.steps:
                stops.append((topic.id, None))
        return stops

    def _nearest(self, stops: list[Stop], gone: Stop) -> int:
        """Where to go on from a stop that is no more: before the next one of its topic."""
        same = [index for index, stop in enumerate(stops) if stop[0] == gone[0]]
        return max(same, default=0) if gone[1] is not None else min(same, default=1) - 1

    def _stop(self, stop: Stop) -> None:
        topic = self.interview.topic(stop[0])
        if self.topic_said != topic.id:
            self._announce(topic)
        step = next((each for each in topic.steps if each.path == stop[1]), None)
        if step is not None:
            self.question(step)
        elif topic.steps:
            self._more(topic)
        else:
            self._review()

    def _announce(self, topic: Topic) -> None:
        self.topic_said = topic.id
        number = self.interview.topics.index(topic) + 1
        self.talk.say()
        group = next(each for each in self.interview.groups if each.id == topic.group)
        self.talk.say(
            _("{number}. {group}: {topic} ({state})").format(
                number=number, group=group.title, topic=topic.title, state=topic.state.word
            )
        )
        for text in (topic.intro, topic.aside):
            if text:
                self.talk.say(text)

    def _more(self, topic: Topic) -> None:
        count = len(topic.more)
        self.talk.say(
            ngettext(
                "{count} more question on this topic. Type more, or Enter to go on.",
                "{count} more questions on this topic. Type more, or Enter to go on.",
                count,
            ).format(count=count)
        )
        typed = self.read(None)
        if folded(typed) in ("more", "y", "yes", *map(folded, (_("more"), _("y"), _("yes")))):
            self.opened.add(topic.id)
            raise Go((topic.id, topic.more[0].path))

    def _review(self) -> None:
        self.workspace.settle()
        found = self.workspace.findings(self.now().date())
        for weight, title in (
            (Weight.PROBLEM, _("Problems to fix: {count}")),
            (Weight.GAP, _("Gaps: {count}")),
        ):
            listed = [finding.problem for finding in found if finding.rule.weight is weight]
            self.talk.say(title.format(count=len(listed)))
            for problem in listed:
                where = f" ({problem.where})" if problem.where else ""
                self.talk.say(f"- {problem.what}{where}", hang="  ")
        self.talk.say(
            _("To make the documents: impactbrief render {file}").format(file=self.workspace.path)
        )
        self.talk.say(_("Type go and a place to go there, or Enter to end."))
        self.read(None)

    def _save(self) -> None:
        workspace = self.workspace
        if workspace.due() or (self.talk.person and workspace.state.pending):
            before = workspace.state.failed
            after = workspace.save()
            if workspace.conflict is not None:
                self._resolve()
            elif after.failed and after.failed != before:
                self.talk.say(after.words())

    def question(self, step: Step) -> None:
        """Asks one question, be it a list."""
        if step.kind is Kind.ENTRIES:
            Entries(self, step).ask()
        else:
            self.ask(step)
