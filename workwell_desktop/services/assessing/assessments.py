"""Filling forms: every answer is durable before the page says so; calculated values are never stored."""

from collections.abc import Mapping
from datetime import UTC, datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Mode, Repeat, Response, ResponseStatus
from workwell_desktop.domain.left_out import LeftOut, Reason
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.values import Value
from workwell_desktop.errors import BadInput, Locked
from workwell_desktop.forms import Form, Notice, Run, link_id_of, split_path
from workwell_desktop.forms.run import Repeat as FormRepeat
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.assessing import risk, score_only
from workwell_desktop.services.assessing._ink import drawn
from workwell_desktop.services.assessing.filling import Filling, Previous, Saved
from workwell_desktop.services.assessing.form_signatures import given_in
from workwell_desktop.services.assessing.goals_in_forms import begin_with_goals, keep_levels
from workwell_desktop.services.assessing.launch import context_of, head_of, moment_of
from workwell_desktop.services.assessing.library import form_in
from workwell_desktop.services.assessing.rights import rights_in
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import key_after, name_of, staff
from workwell_desktop.store import Reader, Unit


def start(desk: Desk, participant: Id, form_url: str, mode: Mode = Mode.INTERVIEW) -> Filling:
    """Begins a response on the newest version of a form, pinned to its bytes, with the initial answers of the form:
    those that it takes from the person's record and plan too.

    Where the words of the form may not be shown, the form for its score is begun in its place.
    """
    desk.allow(Act.ASSESS, Response)
    with desk.unit() as unit:
        form = form_to_ask(unit.reader, form_url)
        episode = present_episode(unit.reader, participant)
        begun = Response(
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
        response = unit.add(begun)
        now = desk.clock.now()
        run = Run(form, now=now, context=context_of(unit.reader, begun), head=head_of(begun, now))
        begin_with_goals(unit.reader, run, begun.episode)
        _begin(unit, run, participant, response)
    return open_response(desk, response)


def open_response(desk: Desk, response: Id) -> Filling:
    """A response as it stands, to go on with or to read. Opening is written down.

    Where the words of its form may no longer be shown, what is completed shows its scores alone; BadInput
    ``wording_not_licensed`` for what was only begun.
    """
    desk.allow(Act.READ, Response)
    with desk.read() as reader:
        found = reader.get(Response, response)
        if found.form_url is None or found.form_digest is None or found.started_at is None:
            raise BadInput("not_found")
        form = form_in(reader, found.form_url, digest=found.form_digest)
        answers = reader.answers(response)
        run = Run(
            form,
            now=moment_of(found, desk.clock.now()),
            answers=answers,
            repeats=repeats_of(reader, response),
            context=context_of(reader, found),
            head=head_of(found, desk.clock.now()),
        )
        if not rights_in(reader, found.form_url).words_shown:
            if found.status is ResponseStatus.IN_PROGRESS:
                raise BadInput("wording_not_licensed")
            scores = {score.link_id: score.value for score in run.scores() if score.value is not None}
            form = score_only.compiled(form, desk.site)
            run = Run(form, now=desk.clock.now(), answers=scores)
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
            left_out=_left_out(reader, response),
            signed=given_in(reader, response),
        )
        for one in filling.signed:
            if one.ink is not None and (ink := drawn(reader.blob(one.ink))) is not None:
                filling.inks[one.ink.sha256] = ink
    desk.opened(found.scope)
    return filling


def answer(desk: Desk, filling: Filling, path: str, value: Value | None) -> Saved:
    """Makes one answer durable and settles the form. None clears it.

    ``path`` is ``linkId`` or ``<repeat id>/linkId``. In the same unit of work a risk conversation is raised where
    the site says that this answer opens one. Raises Locked where the response is complete.
    """
    desk.allow(Act.ASSESS, Response)
    _still_open(filling)
    with desk.unit() as unit:
        unit.answer(filling.response, path, value)
        if path in filling.left_out:
            _forget_reason(unit, filling, path)
        raised = _raised(desk, unit, filling, path, value)
    filling.left_out.pop(path, None)
    notice = filling.run.answer(path, value)
    filling.saved_at = desk.clock.now()
    return Saved(tuple(notice.changed), filling.saved_at, raised)


def answer_all(desk: Desk, filling: Filling, answers: Mapping[str, Value]) -> Saved:
    """Makes several answers durable at once, as when a paper form is written up; the same rules as ``answer``."""
    desk.allow(Act.ASSESS, Response)
    _still_open(filling)
    raised: Id | None = None
    with desk.unit() as unit:
        for path, value in answers.items():
            unit.answer(filling.response, path, value)
            raised = _raised(desk, unit, filling, path, value) or raised
    changed = [path for one, value in answers.items() for path in filling.run.answer(one, value).changed]
    filling.saved_at = desk.clock.now()
    return Saved(tuple(dict.fromkeys(changed)), filling.saved_at, raised)


def attach(desk: Desk, filling: Filling, path: str, data: bytes, media_type: str) -> Saved:
    """Answers with a file, or with one more: its bytes are kept in the store, encrypted with the person's record."""
    desk.allow(Act.ASSESS, Response)
    _still_open(filling)
    before = filling.run.answers().get(path)
    with desk.unit() as unit:
        kept = unit.blob(data, media_type, filling.participant)
        several = filling.run.row(path).item.several
        now: Value = (*(before if isinstance(before, tuple) else ()), kept) if several else kept
        unit.answer(filling.response, path, now)
    notice = filling.run.answer(path, now)
    filling.saved_at = desk.clock.now()
    return Saved(tuple(notice.changed), filling.saved_at)


def clear(desk: Desk, filling: Filling, path: str) -> Saved:
    """Takes one answer back; the log keeps that it was given."""
    desk.allow(Act.ASSESS, Response)
    return answer(desk, filling, path, None)


def leave_out(desk: Desk, filling: Filling, path: str, reason: Reason | None) -> Saved:
    """The person would rather not answer, or the question does not apply to them: an answer that stood there goes.
    None takes that back, and the question is open again."""
    desk.allow(Act.ASSESS, LeftOut)
    _still_open(filling)
    filling.run.row(path)
    answered = filling.run.answers().get(path) is not None
    with desk.unit() as unit:
        _forget_reason(unit, filling, path)
        if reason is not None:
            unit.add(
                LeftOut(id=new_id(), scope=filling.participant, response=filling.response, path=path, reason=reason)
            )
            if answered:
                unit.answer(filling.response, path, None)
    notice = filling.run.answer(path, None) if reason is not None and answered else Notice(())
    if reason is None:
        filling.left_out.pop(path, None)
    else:
        filling.left_out[path] = reason
    filling.saved_at = desk.clock.now()
    return Saved(tuple(notice.changed), filling.saved_at)


def hand_over(desk: Desk, filling: Filling) -> None:
    """The person fills the form in themselves from here on; the record says so."""
    desk.allow(Act.ASSESS, Response)
    _still_open(filling)
    if filling.mode is not Mode.SELF:
        with desk.unit() as unit:
            unit.set(Response, filling.response, mode=Mode.SELF)
        filling.mode = Mode.SELF


def add_repeat(desk: Desk, filling: Filling, group: str) -> str:
    """One more instance of a repeating group; ``group`` is the path of the group or of any instance of it. Gives the
    new instance's path."""
    desk.allow(Act.ASSESS, Repeat)
    _still_open(filling)
    before = filling.run.repeats()
    repeat = new_id()
    path = filling.run.add_repeat(group, repeat)
    below = {one.id for one in filling.run.repeats()} - {one.id for one in before}
    with desk.unit() as unit:
        for one in filling.run.repeats():
            if one.id in below:
                _add_repeat(unit, filling.participant, filling.response, one)
    filling.saved_at = desk.clock.now()
    return path


def remove_repeat(desk: Desk, filling: Filling, path: str) -> Saved:
    """Takes the instance at ``path`` away; no other instance moves or changes."""
    desk.allow(Act.ASSESS, Repeat)
    _still_open(filling)
    before = {one.id for one in filling.run.repeats()}
    notice = filling.run.remove_repeat(path)
    gone = before - {one.id for one in filling.run.repeats()}
    with desk.unit() as unit:
        for repeat in sorted(gone):
            unit.delete(Repeat, Id(repeat))
    filling.saved_at = desk.clock.now()
    return Saved(tuple(notice.changed), filling.saved_at)


def complete(desk: Desk, filling: Filling) -> None:
    """The response is done. BadInput where a required answer is missing or an answer is wrong, and where the form asks
    for a signature that is neither given nor declined for a reason."""
    desk.allow(Act.ASSESS, Response)
    _still_open(filling)
    if missing := filling.missing():
        raise BadInput("answers_missing", count=len(missing))
    if wrong := filling.faults():
        raise BadInput("answers_wrong", count=len(wrong))
    if unsigned := [one for one in filling.signings() if not one.settled]:
        raise BadInput("signature_missing", count=len(unsigned))
    now = desk.clock.now()
    with desk.unit() as unit:
        unit.set(Response, filling.response, status=ResponseStatus.COMPLETED, completed_at=now)
        keep_levels(unit, filling.run, filling.participant)
    filling.status = ResponseStatus.COMPLETED
    filling.saved_at = now


def reopen(desk: Desk, filling: Filling) -> None:
    """Something was entered wrongly: the completed response may be amended, and says so ever after."""
    desk.allow(Act.AMEND_ASSESSMENT, Response)
    with desk.unit() as unit:
        if unit.reader.get(Response, filling.response).form_digest != filling.form.digest:
            raise BadInput("wording_not_licensed")
        unit.set(Response, filling.response, status=ResponseStatus.IN_PROGRESS)
    filling.status = ResponseStatus.IN_PROGRESS


def withdraw(desk: Desk, response: Id) -> None:
    """Entered in error: the wrong person or the wrong form. Kept, shown as such, counted nowhere."""
    desk.allow(Act.AMEND_ASSESSMENT, Response)
    with desk.unit() as unit:
        unit.set(Response, response, status=ResponseStatus.ENTERED_IN_ERROR)


def differs(desk: Desk, filling: Filling) -> bool:
    """Whether the store says something else than an open filling: after undo, sync, or a colleague's act."""
    desk.allow(Act.READ, Response)
    with desk.read() as reader:
        found = reader.find(Response, filling.response)
        if found is None or found.status is not filling.status:
            return True
        instances = {one.id for one in repeats_of(reader, filling.response)}
        if instances != {one.id for one in filling.run.repeats()}:
            return True
        # answers of an instance that was taken away stay in the log, and have no place in the form
        kept = {path: value for path, value in reader.answers(filling.response).items() if filling.run.place(path)}
        signed = given_in(reader, filling.response) != filling.signed
        return signed or kept != filling.run.answers() or _left_out(reader, filling.response) != filling.left_out


def list_responses(desk: Desk, participant: Id) -> list[Response]:
    """Everything that was asked of one person, newest first; what was entered in error stands last."""
    desk.allow(Act.READ, Response)
    with desk.read() as reader:
        found = reader.list(Response, scope=participant)
    wrong = ResponseStatus.ENTERED_IN_ERROR
    return sorted(found, key=lambda one: (one.status is not wrong, _moment(one), one.id), reverse=True)


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


def form_to_ask(reader: Reader, url: str) -> Form:
    """The newest version of a form on offer, or where its words may not be shown the form for its score."""
    if not rights_in(reader, url).words_shown:
        return form_in(reader, f"{score_only.base_url(url)}{score_only.SUFFIX}")
    return form_in(reader, url)


def _moment(one: Response) -> datetime:
    at = one.completed_at or one.started_at
    return at if at is not None else datetime.min.replace(tzinfo=UTC)


def repeats_of(reader: Reader, response: Id) -> list[FormRepeat]:
    """The instances of a response in their order, as the form takes them."""
    found = reader.list(Repeat, order_by="position", response=response)
    return [FormRepeat(one.link_id, one.id, one.parent) for one in found if one.link_id is not None]


def _left_out(reader: Reader, response: Id) -> dict[str, Reason]:
    """By path: why a question was left out."""
    found = reader.list(LeftOut, response=response)
    return {one.path: one.reason for one in found if one.path is not None and one.reason is not None}


def _forget_reason(unit: Unit, filling: Filling, path: str) -> None:
    for one in unit.reader.list(LeftOut, response=filling.response, path=path):
        unit.delete(LeftOut, one.id)


def _begin(unit: Unit, run: Run, participant: Id, response: Id) -> None:
    """Keeps what a form begins with: the instances of its groups under ids of their own, and initial answers."""
    ids: dict[str, str] = {}
    for one in run.repeats():
        ids[one.id] = new_id()
        parent = ids[one.parent] if one.parent else None
        _add_repeat(unit, participant, response, FormRepeat(one.link_id, ids[one.id], parent))
    for path, value in run.answers().items():
        repeats, link_id = split_path(path)
        unit.answer(response, "/".join([*(ids[one] for one in repeats), link_id]), value)


def _add_repeat(unit: Unit, participant: Id, response: Id, one: FormRepeat) -> None:
    beside = unit.reader.list(Repeat, response=response, link_id=one.link_id, parent=one.parent)
    unit.add(
        Repeat(
            id=Id(one.id),
            scope=participant,
            response=response,
            link_id=Code(one.link_id),
            parent=Id(one.parent) if one.parent else None,
            position=key_after(each.position for each in beside),
        )
    )


def _still_open(filling: Filling) -> None:
    if filling.status is not ResponseStatus.IN_PROGRESS:
        raise Locked()


def _raised(desk: Desk, unit: Unit, filling: Filling, path: str, value: Value | None) -> Id | None:
    """Opens the risk conversation in the same unit of work as the answer that asks for it."""
    asked = risk.asked_for(desk.site, filling.form, link_id_of(path), value)
    if asked is None:
        return None
    trigger, shown = asked
    return risk.raise_in(
        desk,
        unit,
        filling.participant,
        response=filling.response,
        form_title=filling.form.title,
        question=trigger.question,
        answer=shown,
    )
