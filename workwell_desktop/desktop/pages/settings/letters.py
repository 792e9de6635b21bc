"""The words of letters: at the left what is written, at the right the page as it will be. From Settings."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    DropDown,
    Empty,
    Field,
    Foot,
    LongText,
    Page,
    PageAct,
    PaperPreview,
    Params,
    RowFacts,
    RowList,
    Words,
    filled,
    moment_words,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.settings.letter_names import menu
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.letters import letters, said_of
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.templates import Mistake
from workwell_desktop.services.paperwork import wording
from workwell_desktop.services.paperwork.wording import LetterPaper, LetterView, WordView

MOST_LETTERS = 60
"""Of the words that name a field."""
NEWEST = 12
"""Changes that are shown."""


class LettersPage(Page):
    """``letter`` (optional) is the letter that is shown first: a name of ``resources/letters/``."""

    route = "letters"
    nav = "settings"
    help_topic = "letters"

    def build(self) -> None:
        self.letter = "plan"
        self.view: LetterView | None = None
        self.fields: dict[str, Field] = {}
        self.paper: LetterPaper | None = None
        self.preview: PaperPreview | None = None
        self.may = False
        self._typed: dict[str, str] = {}
        self._hints: dict[str, Words] = {}
        self._held: Mapping[str, Mapping[str, Any]] = {}
        self._here = ""

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(text("letters.put_in"), self.put_in, menu="edit", enabled=lambda: self.may),)

    def enter(self, params: Params) -> None:
        desk = self.context.desk
        self.may = desk.may(Act.MANAGE_SITE, Partnership)
        self.clear_body()
        self.set_title(text("letters.title"), text("letters.note"))
        if not desk.may(Act.READ, Partnership):
            self.add(Empty(text("settings.no_partnership"), text("settings.no_partnership_line"), icon_name="lock"))
            self.ready()
            return
        kept = self._memory.get("own", {})
        wanted = kept.get("letter", params.get("letter", self.letter))
        self._typed = kept.get("typed", {})
        self._open(wanted if wanted in letters() else "plan")

    def remember(self) -> dict[str, Any]:
        return {"letter": self.letter, "typed": self.written()}

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind == "letter_words" for kind, _record, _scope in records) and self.view is not None:
            self._typed = self.written()
            self._open(self.letter)

    def written(self) -> dict[str, str]:
        """What was written and is not in use yet, by word."""
        if self.view is None:
            return {}
        return {
            one.word: said
            for one in self.view.words
            if (said := self.fields[one.word].control.value()) != _standing(one).strip()
        }

    # Reading and drawing

    def _open(self, letter: str) -> None:
        desk = self.context.desk
        self.letter = letter
        self.run(lambda: wording.view(desk, letter), self._show)

    def _show(self, view: LetterView) -> None:
        self.view, self.paper, self._held, self._here = view, None, {}, ""
        self.clear_body()
        if not self.may:
            self.say(Alert("", text("letters.asks"), "info"))
        names = [(name, text(f"letters.of.{name}")) for name in letters()]
        self.choice = DropDown(names, view.letter, width=420)
        self.choice.edited.connect(self._choose)
        head = Card(gap=10)
        head.add(Field(text("letters.which"), self.choice), Words(text("letters.about"), "note", "soft"))
        card = Card(text("letters.by_us", letter=text(f"letters.of.{view.letter}")), gap=14)
        self.fields, self._hints = {}, {}
        for one in view.words:
            card.add(self._field(one))
        self.add(head, card.end())
        if view.history:
            self.add(self._history(view))
        self.add_end()
        self.preview = PaperPreview(text("letters.paper"))
        self.preview.wanted.connect(self._draw)
        self.set_side(self.preview, right=True)
        self._draw_foot()
        self._typed = {}
        self.preview.ask()
        self.ready()

    def _field(self, one: WordView) -> Field:
        control = LongText(self._typed.get(one.word, _standing(one)), lines=3 if one.place else 1)
        control.set_read_only(not self.may)
        field = Field(_label(one), control)
        control.edited.connect(self._edited)
        control.installEventFilter(self)
        hint = Words("", "note", "soft")
        field.add_below(hint)
        self._hints[one.word] = hint
        self.fields[one.word] = field
        if one.own is not None and self.may:
            back = quiet(text("letters.back_one"), partial(self._back_one, one.word), "undo-2")
            back.setAccessibleName(text("letters.back_one_of", word=field.label))
            field.add_below(back)
        return field

    def _history(self, view: LetterView) -> Card:
        rows = []
        for one in view.history[:NEWEST]:
            label = _name(view, one.word)
            if one.text is None:
                title = text("letters.history_shipped", word=label)
            else:
                title = text("letters.history_change", word=label, text=one.text)
            when = moment_words(one.at, self.context.today())
            again = partial(self._again, one.word, one.text or "") if one.text is not None and self.may else None
            act = text("letters.history_again") if again is not None else ""
            line = text("letters.history_line", who=one.who, when=when)
            rows.append(RowFacts(title, line, "history", act=act, on_act=again))
        card = Card(text("letters.history"), flush=True)
        card.add(RowList([("", rows)], name=text("letters.history")))
        return card

    def _draw_foot(self) -> None:
        buttons = []
        if self.may and self.view is not None:
            if any(one.own is not None for one in self.view.words):
                buttons.append(outlined(text("letters.back_all"), self._back_all, "undo-2"))
            self.put = outlined(text("letters.put_in"), self.put_in, "plus")
            buttons.append(self.put)
            buttons.append(filled(text("letters.use"), self._use, "check"))
        back = quiet(
            text("settings.part.partnership"), lambda: self.go("settings", section="partnership"), "arrow-left"
        )
        self.set_foot(Foot(*buttons, left=back))

    # What the words may name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where somebody writes is where a name is put in."""
        if event.type() is QEvent.Type.FocusIn:
            self._here = next((word for word, one in self.fields.items() if one.control is watched), self._here)
        return super().eventFilter(watched, event)

    def put_in(self) -> None:
        """Offers what the words in hand may name, each with what it holds on the page that is shown."""
        if self.view is None or not self.may:
            return
        one = next((each for each in self.view.words if each.word == self._here), self.view.words[0])
        control = self.fields[one.word].control
        held = {**self._held.get("before", {}), **self._held.get(one.word, {})}
        names = menu(control, one.fields, held)
        names.popup(self.put.mapToGlobal(QPoint(0, -names.sizeHint().height())))

    # The paper beside it

    def _edited(self) -> None:
        self.paper = None
        if self.preview is not None:
            self.preview.changed()

    def _draw(self, page: int, width: int) -> None:
        desk, letter, written, made = self.context.desk, self.letter, self.written(), self.paper

        def work() -> tuple[LetterPaper, int, bytes]:
            paper = made or wording.preview(desk, letter, written)
            at = min(page, paper.pages - 1)
            return paper, at, wording.page(desk, paper, at, width)

        def done(found: tuple[LetterPaper, int, bytes]) -> None:
            if letter != self.letter or written != self.written() or self.preview is None:
                return
            self.paper, at, png = found
            self.preview.show_page(png, at, self.paper.pages)
            self._name(self.paper)

        self.run(work, done)

    def _name(self, paper: LetterPaper) -> None:
        """Mistakes at their words, and what each may name."""
        if self.view is None:
            return
        self._held = paper.asked
        written = self.written()
        for one in self.view.words:
            wrong = paper.mistakes.get(one.word, () if one.word in written else one.mistakes)
            self.fields[one.word].show_error("\n".join(_at_line(each) for each in wrong))
            lines = [text("letters.unseen")] if one.word not in paper.asked else []
            if one.below != one.shipped and one.own is None:
                lines.append(text("letters.in_pack"))
            self._hints[one.word].say(" ".join(lines))
            self._hints[one.word].setVisible(bool(lines))

    # Acts

    def _choose(self) -> None:
        chosen = self.choice.value()
        if chosen and chosen != self.letter:
            self.unsay()
            self._open(chosen)

    def _use(self) -> None:
        desk, letter, written = self.context.desk, self.letter, self.written()
        self.unsay()
        if not written:
            self.say(Alert("", text("letters.nothing"), "info"))
            return
        wrong = [word for word, found in self._wrong(written).items() if found]
        if wrong:
            self.say(Alert("", text("letters.mistakes", count=len(wrong)), "risk"))
            self.fields[wrong[0]].focus()
            return
        self.run(lambda: wording.write(desk, letter, written), lambda _count: self._done("letters.used"))

    def _wrong(self, written: Mapping[str, str]) -> dict[str, tuple[Mistake, ...]]:
        from workwell_desktop.domain.letters import mistakes

        found = {word: mistakes(self.letter, word, said) for word, said in written.items()}
        for word, wrong in found.items():
            self.fields[word].show_error("\n".join(_at_line(each) for each in wrong))
        return found

    def _back_one(self, word: str) -> None:
        self._shipped([word])

    def _back_all(self) -> None:
        if self.view is not None:
            self._shipped([one.word for one in self.view.words if one.own is not None])

    def _shipped(self, words: list[str]) -> None:
        desk, letter = self.context.desk, self.letter
        for word in words:
            found = next(one for one in self.view.words if one.word == word) if self.view is not None else None
            self.fields[word].control.set_value(found.below if found is not None else "")
        self.run(lambda: wording.as_shipped(desk, letter, words), lambda _count: self._done("letters.is_back"))

    def _again(self, word: str, said: str) -> None:
        self.fields[word].control.set_value(said)
        self.fields[word].focus()
        self._edited()

    def _done(self, key: str) -> None:
        self.unsay()
        note = text("letters.used_note") if key == "letters.used" else ""
        self.say(Alert(text(key), note, "done", on_close=self.unsay))
        self._typed = {}
        self._open(self.letter)


def _standing(one: WordView) -> str:
    return one.below if one.own is None else one.own


def _label(one: WordView) -> str:
    if one.place:
        return text(f"letters.place.{one.word}")
    said = one.shipped.replace("**", "").replace("\n", " ")
    return said if len(said) <= MOST_LETTERS else said[:MOST_LETTERS].rsplit(" ", 1)[0] + "…"


def _name(view: LetterView, word: str) -> str:
    return next((_label(one) for one in view.words if one.word == word), word)


def _at_line(one: Mistake) -> str:
    return text("letters.at_line", line=one.line, said=said_of(one))
