"""Today's lines about services that were chosen: nobody has heard for as long as the pack allows."""

from collections.abc import Iterator
from datetime import timedelta

from workwell_desktop.domain.directory import ServiceLoop, moved_on, stage_of
from workwell_desktop.domain.episodes import Contact, ContactStatus
from workwell_desktop.services.caseload._providers import item
from workwell_desktop.services.caseload.today_views import Focus, TodayItem
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader


def loops(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Open loops, due when the pack's days have passed since the last step; after an episode has ended as well for
    whoever chose the service. Of somebody who was told of services instead of coming to us, the talk that asks how it
    went comes first."""
    wait = timedelta(days=desk.site.pace.service_loop_days)
    for one in reader.list(ServiceLoop, order_by="id", completed_on=None, not_started_on=None):
        last = moved_on(one)
        due = last + wait if last is not None else focus.today
        if focus.until is not None and due > focus.today:
            continue  # nobody asks before the days have passed
        if one.action is None and reader.count(Contact, episode=one.episode, status=ContactStatus.PLANNED):
            continue  # the talk that asks is planned, and waits on its own day
        if focus.holds(one.scope) or focus.owned(one.scope, one.chosen_by):
            words: dict[str, object] = {"service": one.name or "", "stage": stage_of(one).value}
            yield item(focus, "loop", one.id, one.scope, due, page="loops", words=words, params={"loop": one.id})
