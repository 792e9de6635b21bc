"""What waits among the duties of care: somebody who is to be seen, and a restricted note to ask after."""

from collections.abc import Iterator

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.duties import BrokenGlass, RedFlagScreen, SafeguardingConcern
from workwell_desktop.services._restricted import may_read
from workwell_desktop.services.caseload._providers import item
from workwell_desktop.services.caseload.today_views import Focus, TodayItem
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties.red_flags import FLAGS
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import Reader


def red_flags(_desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """People who wait to be seen: the coach's own, and those of the clinician who recorded it. Nothing of what was
    found is said."""
    for one in reader.list(RedFlagScreen, order_by=("at", "id"), outcome=FLAGS, seen_on=None):
        if focus.holds(one.scope, one.recorded_by) and focus.within(one.see_by):
            words: dict[str, object] = {"whom": one.see_whom or ""}
            params = {"part": "red_flags"}
            yield item(focus, "red_flag", one.id, one.scope, one.see_by, page="duties", words=words, params=params)


def concerns(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Restricted notes to ask after, for those who may read them; the list says no word of what they are about."""
    for one in reader.list(SafeguardingConcern, order_by=("at", "id"), followed_up_on=None):
        if one.follow_up_on is None or not focus.within(one.follow_up_on) or not may_read(desk, one):
            continue
        if focus.holds(one.scope, one.recorded_by):
            params = {"part": "safeguarding"}
            yield item(focus, "concern", one.id, one.scope, one.follow_up_on, page="duties", params=params)


def glass(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Restricted notes that somebody opened once, for whoever answers for that, on their own Today; never one's own."""
    if focus.owner != desk.me or not desk.may(Act.READ, BrokenGlass):
        return
    for one in reader.list(BrokenGlass, order_by=("at", "id"), seen_at=None):
        if one.recorded_by != desk.me and one.scope in focus.names:
            words: dict[str, object] = {"by": name_of(staff(reader), one.recorded_by) if one.recorded_by else ""}
            params = {"part": "told" if one.kind == "disclosure" else "safeguarding"}
            due = london_day(one.at) if one.at else None
            yield item(focus, "glass", one.id, one.scope, due, page="duties", words=words, params=params)
