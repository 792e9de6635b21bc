"""Filling forms: every answer is durable before the page says so; calculated values are never stored."""

from datetime import UTC, datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Mode, Repeat, Response, ResponseStatus
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.values import Coding, Value
from workwell_desktop.errors import BadInput, Locked
from workwell_desktop.forms import Run
from workwell_desktop.services import risk
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.filling import Filling, Previous, Saved
from workwell_desktop.services.library import form_in
from workwell_desktop.services.lookup import key_after, name_of, staff
from workwell_desktop.store import Reader, Unit


def start(desk: Desk, participant: Id, form_url: str, mode: Mode = Mode.INTERVIEW) -> Filling:
    """Begins a response on the newest version of a form, pinned to its bytes."""
    desk.allow(Act.ASSESS, Response)
    with desk.unit() as unit:
        form = form_in(unit.reader, form_url)
        episode = present_episode(unit.reader, participant)
        response = unit.add(
            Response(
                id=new_id(),
                scope=participant,
                episode=episode.id if episode else None,
                form_url=form.url,
                form_version=form.version,
                form_digest=form.digest,
                form_title=form.title,
                status=ResponseStatus.IN_PROGRESS,
                mode=mode,
                started_at=desk.clock.now(),
                author=desk.me,
            )
        )
    return open_response(desk, response)


def open_response(desk: Desk, response: Id) -> Filling:
    """A response as it stands, to go on with or to read. Opening is written down."""
    desk.allow(Act.READ, Response)
    with desk.read() as reader:
        found = reader.get(Response, response)
        if found.form_url is None or found.form_digest is None or found.started_at is None:
            raise BadInput("not_found")
        form = form_in(reader, found.form_url, digest=found.form_digest)
        answers = reader.answers(response)
        run = Run(form, now=desk.clock.now(), answers=answers, repeats=_repeats(reader, response))
        filling = Filling(
            response=response,
            participant=found.scope,
            form=form,
            run=run,
            mode=found.mode or Mode.INTERVIEW,
            status=found.status or ResponseStatus.IN_PROGRESS,
            started_at=found.started_at,
            previous=previous_answers(reader, found),
            saved_at=found.completed_at,
            answers=dict(answers),
        )
    desk.opened(found.scope)
    return filling


def answer(desk: Desk, filling: Filling, path: str, value: Value | None) -> Saved:
    """Makes one answer durable and settles the form. None clears it.

    ``path`` is ``linkId`` or ``<repeat id>/linkId``. In the same unit of work a risk conversation is raised where
    the site says that this answer opens one. Raises Locked where the response is complete.
    """
    desk.allow(Act.ASSESS, Response)
    if filling.status is not ResponseStatus.IN_PROGRESS:
        raise Locked()
    with desk.unit() as unit:
        unit.answer(filling.response, path, value)
        raised = _raised(desk, unit, filling, path, value)
    notice = filling.run.answer(path, value)
    if value is None:
        filling.answers.pop(path, None)
    else:
        filling.answers[path] = value
    filling.saved_at = desk.clock.now()
    return Saved(tuple(notice.changed), filling.saved_at, raised)


def clear(desk: Desk, filling: Filling, path: str) -> Saved:
    """Takes one answer back; the log keeps that it was given."""
    desk.allow(Act.ASSESS, Response)
    return answer(desk, filling, path, None)


def add_repeat(desk: Desk, filling: Filling, group: str) -> Id:
    """One more instance of a repeating group; ``group`` is its path. Gives the repeat's id."""
    desk.allow(Act.ASSESS, Repeat)
    if filling.status is not ResponseStatus.IN_PROGRESS:
        raise Locked()
    above, _, link_id = group.rpartition("/")
    parent = Id(above.rsplit("/", 1)[-1]) if above else None
    with desk.unit() as unit:
        beside = unit.reader.list(Repeat, response=filling.response, link_id=link_id, parent=parent)
        repeat = unit.add(
            Repeat(
                id=new_id(),
                scope=filling.participant,
                response=filling.response,
                link_id=Code(link_id),
                parent=parent,
                position=key_after(one.position for one in beside),
            )
        )
    filling.run.add_repeat(group, repeat)
    filling.saved_at = desk.clock.now()
    return repeat


def remove_repeat(desk: Desk, filling: Filling, repeat: Id) -> Saved:
    """Takes one instance away; no other instance moves or changes."""
    desk.allow(Act.ASSESS, Repeat)
    if filling.status is not ResponseStatus.IN_PROGRESS:
        raise Locked()
    with desk.unit() as unit:
        unit.delete(Repeat, repeat)
    notice = filling.run.remove_repeat(repeat)
    filling.answers = {path: value for path, value in filling.answers.items() if repeat not in path.split("/")}
    filling.saved_at = desk.clock.now()
    return Saved(tuple(notice.changed), filling.saved_at)


def complete(desk: Desk, filling: Filling) -> None:
    """The response is done. BadInput where a required answer is missing or an answer is wrong."""
    desk.allow(Act.ASSESS, Response)
    if filling.status is not ResponseStatus.IN_PROGRESS:
        raise Locked()
    if missing := filling.missing():
        raise BadInput("answers_missing", count=len(missing))
    if wrong := [issue for issue in filling.run.issues() if issue.severity == "error"]:
        raise BadInput("answers_wrong", count=len(wrong))
    now = desk.clock.now()
    with desk.unit() as unit:
        unit.set(Response, filling.response, status=ResponseStatus.COMPLETED, completed_at=now)
    filling.status = ResponseStatus.COMPLETED
    filling.saved_at = now


def reopen(desk: Desk, filling: Filling) -> None:
    """Something was entered wrongly: the completed response may be amended, and says so ever after."""
    desk.allow(Act.AMEND_ASSESSMENT, Response)
    with desk.unit() as unit:
        unit.set(Response, filling.response, status=ResponseStatus.IN_PROGRESS)
    filling.status = ResponseStatus.IN_PROGRESS


def withdraw(desk: Desk, response: Id) -> None:
    """Entered in error: the wrong person or the wrong form. Kept, shown as such, counted nowhere."""
    desk.allow(Act.AMEND_ASSESSMENT, Response)
    with desk.unit() as unit:
        unit.set(Response, response, status=ResponseStatus.ENTERED_IN_ERROR)


def list_responses(desk: Desk, participant: Id) -> list[Response]:
    """Everything that was asked of one person, newest first; what was entered in error stands last."""
    desk.allow(Act.READ, Response)
    with desk.read() as reader:
        found = reader.list(Response, scope=participant)
    wrong = ResponseStatus.ENTERED_IN_ERROR
    return sorted(found, key=lambda one: (one.status is not wrong, _moment(one), one.id), reverse=True)


def open_responses(desk: Desk, participant: Id) -> list[Response]:
    """What was begun and may be gone on with."""
    return [one for one in list_responses(desk, participant) if one.status is ResponseStatus.IN_PROGRESS]


def previous_answers(reader: Reader, found: Response) -> dict[str, Previous]:
    """By path: the answers of the last completed response of the same form. Repeats are not compared."""
    earlier = [
        one
        for one in reader.list(Response, scope=found.scope, form_url=found.form_url, status=ResponseStatus.COMPLETED)
        if one.id != found.id and _moment(one) <= _moment(found)
    ]
    last = max(earlier, key=lambda one: (_moment(one), one.id), default=None)
    if last is None:
        return {}
    author = name_of(staff(reader), last.author)
    at = last.completed_at or last.started_at
    if at is None:
        return {}
    answers = reader.answers(last.id).items()
    return {path: Previous(value, at, author, last.id) for path, value in answers if "/" not in path}


def _moment(one: Response) -> datetime:
    at = one.completed_at or one.started_at
    return at if at is not None else datetime.min.replace(tzinfo=UTC)


def _repeats(reader: Reader, response: Id) -> list[Repeat]:
    return reader.list(Repeat, order_by="position", response=response)


def _raised(desk: Desk, unit: Unit, filling: Filling, path: str, value: Value | None) -> Id | None:
    """Opens the risk conversation in the same unit of work as the answer that asks for it."""
    url, link_id = filling.form.url, path.rsplit("/", 1)[-1]
    for chosen in _codings(value):
        trigger = desk.site.trigger_for(url, link_id, chosen.code or "")
        if trigger is not None:
            return risk.raise_in(
                desk,
                unit,
                filling.participant,
                response=filling.response,
                form_title=filling.form.title,
                question=trigger.question,
                answer=chosen.display or chosen.code or "",
            )
    return None


def _codings(value: Value | None) -> list[Coding]:
    if isinstance(value, Coding):
        return [value]
    if isinstance(value, tuple):
        return [one for one in value if isinstance(one, Coding)]
    return []
