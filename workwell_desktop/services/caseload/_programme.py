"""The programme clock of one person, as the site pack sets it. It warns and never locks."""

from datetime import date, timedelta

from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.participants import WorkSituation
from workwell_desktop.domain.site import Site
from workwell_desktop.services.caseload.search_views import ProgrammeView


def programme(site: Site, episode: Episode | None, work: WorkSituation | None, today: date) -> ProgrammeView:
    """Week n of m. The clock is the one that the episode began with, else the one of the work situation.

    The last day is the end of the last week; one on a weekend falls back to the Friday before.
    What was closed stands still: its week and its last day are those of the day it was closed.
    """
    clock = site.clocks.get(episode.clock) if episode and episode.clock else None
    if clock is None and work is not None and work.status is not None:
        clock = site.clock_for(work.status)
    weeks = clock.weeks if clock else 0
    if episode is None or episode.opened_on is None or episode.status is EpisodeStatus.WAITING:
        return ProgrammeView(week=None, weeks=weeks, ends_on=None)
    last = episode.opened_on + timedelta(weeks=weeks) - timedelta(days=1)
    last -= timedelta(days=max(last.weekday() - 4, 0))
    day = episode.closed_on or today
    return ProgrammeView(
        week=max((day - episode.opened_on).days // 7 + 1, 1),
        weeks=weeks,
        ends_on=episode.closed_on or last if weeks else None,
    )
