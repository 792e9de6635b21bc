"""What gets in the way: note it, change its words, leave it for now, or say that it is over."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Choice,
    Columns,
    Empty,
    Field,
    Foot,
    LongText,
    RowFacts,
    RowList,
    TextField,
    filled,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.keeping import Keeping
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.plans import ObstacleKind, ObstacleStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import obstacles, record
from workwell_desktop.services.person.record_views import ObstacleView

Found = tuple[tuple[ObstacleView, ...], dict[str, object]]
TINTS = {ObstacleStatus.DONE: "done", ObstacleStatus.LEFT: "neutral"}


class ObstaclePage(PersonForm):
    """``participant`` and, to change one, ``obstacle``."""

    route = "obstacle"
    help_topic = "record"

    def build(self) -> None:
        super().build()
        self.one: ObstacleView | None = None
        self._keeping = Keeping(self, "obstacle")

    def read(self, desk: Desk, params: Any) -> Found:
        return record.overview(desk, self.who).obstacles, self._keeping.read(desk, self.who)

    def lay(self, both: Found) -> None:
        self._keeping.drop()
        found, kept = both
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("obstacle.title", name=called))
        chosen = next((one for one in found if str(one.obstacle) == self.params.get("obstacle")), None)
        self.one = chosen
        form = self._form(chosen)
        listed = Card(text("obstacle.noted"), flush=True)
        if found:
            listed.add(RowList([("", [self._row(one) for one in found])], name=text("obstacle.noted")))
        else:
            listed.add(Empty(text("obstacle.none"), icon_name="flag"))
        self.add(Columns([(form, 1), (listed.end(), 1)]))
        self.add_end()
        plan = outlined(text("obstacle.to_plan"), lambda: self.go("plan", participant=str(self.who)), "pen-line")
        if chosen is None:
            self._keeping.hold(self.who, self.fields, kept)
            self.set_foot(Foot(self.back_button(), plan, filled(text("obstacle.add"), self._add, "plus")))
        else:
            self.set_foot(Foot(outlined(text("obstacle.back"), partial(self._open, ""), "arrow-left"), plan))

    def leave(self) -> None:
        self._keeping.keep()
        if self.one is not None and self.fields:
            self._change()

    def _form(self, one: ObstacleView | None) -> Card:
        card = Card(text("obstacle.add_title" if one is None else "obstacle.change_title"), gap=10)
        kinds = [(kind.value, text(f"record.obstacle_kind.{kind.value}")) for kind in ObstacleKind]
        self.fields = {
            "text": Field(text("obstacle.words"), LongText(one.text if one else ""), hint=text("obstacle.words_hint")),
            "kind": Field(text("obstacle.kind"), Choice(kinds, one.kind.value if one else None, columns=3)),
        }
        card.add(*self.fields.values())
        if one is not None:
            self._stored = (one.text, one.kind.value)
            self.belong(one.obstacle)
            for field in self.fields.values():
                field.control.done.connect(self._change)
            self.fields["why"] = Field(text("obstacle.leave_why"), TextField(one.left_reason))
            over = one.status is ObstacleStatus.DONE
            again = text("obstacle.again" if over else "obstacle.finish")
            card.add_left(outlined(again, partial(self._finish, not over), "check"))
            card.add_left(outlined(text("obstacle.service"), self._service, "search")).rule()
            card.add(self.fields["why"]).add_left(outlined(text("obstacle.leave"), self._leave_it))
        return card.end()

    def _service(self) -> None:
        if self.one is not None:
            self.go("services", participant=str(self.who), obstacle=str(self.one.obstacle))

    def _row(self, one: ObstacleView) -> RowFacts:
        status = {ObstacleStatus.DONE: text("record.done"), ObstacleStatus.LEFT: text("record.left")}
        opened = partial(self._open, str(one.obstacle))
        return RowFacts(
            one.text,
            text(f"record.obstacle_kind.{one.kind.value}"),
            "flag",
            when=status.get(one.status, ""),
            when_tint=TINTS.get(one.status, ""),
            act=text("obstacle.change"),
            on_act=opened,
            on_open=opened,
        )

    def _open(self, obstacle: str) -> None:
        self.leave()
        self.one = None
        self.params = {"participant": str(self.who), **({"obstacle": obstacle} if obstacle else {})}
        self._ask()

    def _add(self) -> None:
        words, kind = self.fields["text"].control.value(), self.fields["kind"].control.value()
        self.fields["text"].show_error("" if words else text("obstacle.words_missing"))
        self.fields["kind"].show_error("" if kind else text("obstacle.kind_missing"))
        if not self.errors.show_fields(list(self.fields.values())):
            return
        desk, who = self.context.desk, self.who
        self._keeping.keep()

        def add() -> None:
            obstacles.add_obstacle(desk, who, ObstacleKind(kind), words)
            self._keeping.forget(desk, who)

        def added(_nothing: object) -> None:
            self._keeping.drop()
            self._again(None)

        self.run(add, added, self.refused)

    def _change(self) -> None:
        if self.one is None:
            return
        now = (self.fields["text"].control.value(), self.fields["kind"].control.value())
        if now == self._stored or not now[0]:
            return
        before, self._stored = self._stored, now
        desk, obstacle = self.context.desk, self.one.obstacle
        words, kind = now[0], ObstacleKind(now[1])

        def failed(error: Exception) -> None:
            self._stored = before
            self.refused(error)

        self.run(
            lambda: obstacles.change_obstacle(desk, obstacle, text=words, kind=kind),
            lambda _no: self.saved(),
            failed,
        )

    def _finish(self, done: bool) -> None:
        self._do(lambda desk, obstacle: obstacles.finish_obstacle(desk, obstacle, done=done))

    def _leave_it(self) -> None:
        why = self.fields["why"].control.value()
        if not why:
            self.fields["why"].show_error(text("obstacle.leave_missing"))
            self.fields["why"].focus()
            return
        self._do(lambda desk, obstacle: obstacles.leave_obstacle(desk, obstacle, why))

    def _do(self, act: Any) -> None:
        if self.one is None:
            return
        self._change()
        desk, obstacle = self.context.desk, Id(self.one.obstacle)
        self.run(lambda: act(desk, obstacle), self._again, self.refused)

    def _again(self, _nothing: object) -> None:
        self.one = None
        self._open("")
        self.saved()
