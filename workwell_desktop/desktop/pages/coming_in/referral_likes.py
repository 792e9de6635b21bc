"""People who may be the same, in a quiet list beside what is typed: one act takes the one who is here already."""

from collections.abc import Callable
from functools import partial

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    RowFacts,
    RowList,
    Words,
    announce,
    date_words,
    outlined,
    row,
    text,
)
from workwell_desktop.domain.likeness import SURE
from workwell_desktop.services.coming_in.participant_views import Like, PersonLine

MOST = 6


class LikesCard(Card):
    """Hidden while there is nobody like what is typed."""

    def __init__(self, on_choose: Callable[[PersonLine], None]) -> None:
        super().__init__(text("referral.likes"), flush=True)
        self._on_choose = on_choose
        self._said = ""
        self.hide()

    def show_likes(self, found: tuple[Like, ...]) -> None:
        self.clear()
        self.setVisible(bool(found))
        if not found:
            self._said = ""
            return
        rows = [self._row(one) for one in found[:MOST]]
        self.add(RowList([("", rows)], name=text("referral.likes")))
        note = text("referral.likes_note")
        if len(found) > MOST:
            note = f"{text('referral.likes_more', count=len(found) - MOST)} {note}"
        holder = Clear()
        row(holder, (15, 2, 15, 4), 0).addWidget(Words(note, "note", "soft"))
        self.add(holder)
        said = text("referral.likes_said", count=len(found))
        if said != self._said:
            announce(said, self)
        self._said = said

    def show_known(self, one: PersonLine, on_other: Callable[[], None] | None) -> None:
        """It is this person; ``on_other`` takes that back."""
        self.clear()
        self.setVisible(True)
        again = outlined(text("referral.not_them"), on_other) if on_other is not None else None
        who = ". ".join(part for part in (one.name, born_words(one), one.address) if part)
        self.add(Alert("", text("referral.known", name=who), "info", act=again))

    def _row(self, one: Like) -> RowFacts:
        chosen = partial(self._on_choose, one.line)
        return RowFacts(
            title=one.line.name,
            line=". ".join(part for part in (*told_apart(one.line), here_words(one.line)) if part),
            icon="user",
            when=text(f"referral.like.{one.why.value}"),
            when_tint="due" if one.why in SURE else "",
            act=text("referral.this_is_them"),
            on_act=chosen,
            on_open=chosen,
        )


def told_apart(one: PersonLine) -> tuple[str, str, str]:
    return born_words(one), one.address, one.nhs_number


def here_words(one: PersonLine) -> str:
    """Where the person stands with us now: who takes part already has no need of a referral."""
    return text(f"referral.here.{one.episode_status}") if one.episode_status else ""


def born_words(one: PersonLine) -> str:
    return text("referral.born", day=date_words(one.birth_date)) if one.birth_date else ""
