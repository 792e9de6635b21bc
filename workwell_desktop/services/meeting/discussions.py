"""One case at one session: the person's agreement and words, what each discipline brings, the decision and why."""

from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.dates import working_days_after
from workwell_desktop.domain.participants import Agreement, AgreementKind, Party
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.sessions import (
    Addendum,
    Attendance,
    Contribution,
    Discussion,
    Lane,
    Outcome,
    Session,
    SessionStatus,
    Topics,
)
from workwell_desktop.domain.site import QuorumRule
from workwell_desktop.errors import BadInput, NotApproved
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.administration import grants
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import staff, words_or_none
from workwell_desktop.services.meeting.agenda import item_of
from workwell_desktop.services.meeting.quorum import QuorumView, allowed_outcomes, quorum
from workwell_desktop.services.meeting.sessions import open_discussion
from workwell_desktop.store import Reader

HEARD = frozenset({"in_person", "told_coach", "written"})
"""Ways in which the person's own view came to the table; anything else makes a decision provisional."""
THERE = frozenset({"person", "supporter", "both"})
"""Who of the person's side is in the room."""


def agree_to_discuss(
    desk: Desk,
    discussion: Id,
    topics: Topics,
    *,
    limits: str | None = None,
    own_words: str | None = None,
    view_how: Code | None = None,
) -> Id:
    """What the person agreed may be talked about, what was left out, and their own words; gives the agreement."""
    desk.allow(Act.RECORD_AGREEMENT, Agreement)
    with desk.unit() as unit:
        found = open_discussion(unit.reader, discussion)
        unit.set(
            Discussion,
            discussion,
            topics=topics,
            topics_limits=words_or_none(limits),
            own_words=words_or_none(own_words) or found.own_words,
            view_how=view_how or found.view_how,
        )
        if topics is not Topics.YES:
            grants.end(desk, unit, session=found.session, participant=found.scope)
        return unit.add(
            Agreement(
                id=new_id(),
                scope=found.scope,
                kind=AgreementKind.DISCUSS,
                party=Party.TEAM,
                given=topics is not Topics.NO,
                limits=words_or_none(limits),
                how=Code("in_room"),
                at=desk.clock.now(),
                recorded_by=desk.me,
            )
        )


def set_own_words(desk: Desk, discussion: Id, own_words: str, view_how: Code | None) -> None:
    """What the person says about the question, and how it came to us: ``in_person``, ``told_coach``, ``written``.

    Words are kept as they are typed, before anybody has said how they came: None leaves that as it is.
    """
    desk.allow(Act.RECORD_CONTRIBUTION, Discussion)
    with desk.unit() as unit:
        found = open_discussion(unit.reader, discussion)
        unit.set(Discussion, discussion, own_words=words_or_none(own_words), view_how=view_how or found.view_how)


def set_there(desk: Desk, discussion: Id, who: Code | None) -> None:
    """Who of the person's side is in the room: ``person``, ``supporter``, ``both``; None is nobody."""
    desk.allow(Act.RECORD_CONTRIBUTION, Discussion)
    if who is not None and who not in THERE:
        raise BadInput("not_found")
    with desk.unit() as unit:
        open_discussion(unit.reader, discussion)
        unit.set(Discussion, discussion, there=who)


def contribute(
    desk: Desk,
    discussion: Id,
    *,
    opinion: str | None,
    facts: str | None = None,
    author: Id | None = None,
    discipline: Code | None = None,
) -> Id:
    """What one discipline brings: one entry a person, changed in place until the lock.

    ``author`` is the one who says it, where somebody else writes it down; the change itself is signed by the writer.
    """
    desk.allow(Act.RECORD_CONTRIBUTION, Contribution)
    speaker = author or desk.me
    with desk.unit() as unit:
        found = _discussable(unit.reader, discussion)
        for line in unit.reader.list(Contribution, discussion=discussion, author=speaker):
            unit.set(
                Contribution, line.id, facts=words_or_none(facts), opinion=words_or_none(opinion), at=desk.clock.now()
            )
            return line.id
        person = staff(unit.reader).get(speaker)
        profession = Code(person.profession.value) if person is not None and person.profession else None
        return unit.add(
            Contribution(
                id=new_id(),
                scope=found.scope,
                discussion=discussion,
                session=found.session,
                author=speaker,
                discipline=discipline or profession,
                facts=words_or_none(facts),
                opinion=words_or_none(opinion),
                at=desk.clock.now(),
            )
        )


def decide(
    desk: Desk,
    discussion: Id,
    *,
    decision: str,
    rationale: str,
    outcome: Outcome,
    options: str | None = None,
    dissent: str | None = None,
    next_review: date | None = None,
) -> None:
    """The team's decision. Without the person's own view it is provisional; below the quorum it is information."""
    desk.allow(Act.RECORD_DECISION, Discussion)
    if not decision.strip():
        raise BadInput("decision_missing")
    with desk.unit() as unit:
        found = _discussable(unit.reader, discussion)
        if outcome not in allowed_outcomes(case_quorum(desk.site.quorum, unit.reader, found)):
            raise BadInput("below_quorum")
        if not rationale.strip() and outcome is not Outcome.INFORMATION:
            raise BadInput("rationale_missing")
        item = item_of(unit.reader, found)
        tell_owner = found.tell_owner or item.presenter
        unit.set(
            Discussion,
            discussion,
            decision=decision.strip(),
            rationale=words_or_none(rationale),
            outcome=outcome,
            options=words_or_none(options),
            dissent=words_or_none(dissent),
            next_review=next_review,
            provisional=found.view_how not in HEARD,
            tell_owner=tell_owner,
            tell_how=found.tell_how or Code("phone"),
            tell_by=found.tell_by or working_days_after(desk.clock.today(), desk.site.pace.tell_back_working_days),
            decided_at=found.decided_at or desk.clock.now(),
        )


def note_decision(
    desk: Desk,
    discussion: Id,
    *,
    decision: str | None,
    rationale: str | None,
    outcome: Outcome | None,
    options: str | None = None,
    dissent: str | None = None,
    next_review: date | None = None,
) -> None:
    """What is being written down before the team agrees to it; ``decide`` makes it the decision.

    A decision that was made already is changed, and cannot be emptied: BadInput ``decision_missing``.
    """
    desk.allow(Act.RECORD_DECISION, Discussion)
    with desk.unit() as unit:
        found = open_discussion(unit.reader, discussion)
        if found.topics is Topics.NO:
            raise NotApproved()
        if found.decided_at is not None and (not words_or_none(decision) or outcome is None):
            raise BadInput("decision_missing")
        rule = case_quorum(desk.site.quorum, unit.reader, found)
        if outcome is not None and outcome is not found.outcome and outcome not in allowed_outcomes(rule):
            raise BadInput("below_quorum")
        unit.set(
            Discussion,
            discussion,
            decision=words_or_none(decision),
            rationale=words_or_none(rationale),
            outcome=outcome,
            options=words_or_none(options),
            dissent=words_or_none(dissent),
            next_review=next_review,
        )


def plan_to_tell(desk: Desk, discussion: Id, owner: Id, how: Code, by: date) -> None:
    """Who tells the person what was decided, how, and by when."""
    desk.allow(Act.RECORD_DECISION, Discussion)
    with desk.unit() as unit:
        open_discussion(unit.reader, discussion)
        unit.set(Discussion, discussion, tell_owner=owner, tell_how=how, tell_by=by)


def record_told(desk: Desk, discussion: Id, *, own_words: str | None = None) -> None:
    """The person has heard the decision: it is no longer provisional. Their answer is a dated line once locked."""
    desk.allow(Act.RECORD_TOLD, Discussion)
    with desk.unit() as unit:
        found = unit.reader.get(Discussion, discussion)
        if found.decided_at is None:
            raise BadInput("nothing_decided")
        unit.set(Discussion, discussion, told_at=desk.clock.now(), told_by=desk.me)
        if words := words_or_none(own_words):
            unit.add(
                Addendum(
                    id=new_id(), scope=found.scope, about=discussion, text=words, at=desk.clock.now(), author=desk.me
                )
            )


def add_addendum(desk: Desk, discussion: Id, text: str) -> Id:
    """A dated line about one case, once the session is locked."""
    desk.allow(Act.ADD_ADDENDUM, Addendum)
    if not text.strip():
        raise BadInput("text_missing")
    with desk.unit() as unit:
        found = unit.reader.get(Discussion, discussion)
        session = unit.reader.get(Session, found.session) if found.session else None
        if session is None or session.status is not SessionStatus.LOCKED:
            raise BadInput("not_locked_yet")
        return unit.add(
            Addendum(
                id=new_id(),
                scope=found.scope,
                about=discussion,
                text=text.strip(),
                at=desk.clock.now(),
                author=desk.me,
            )
        )


def case_quorum(rule: QuorumRule, reader: Reader, discussion: Discussion) -> QuorumView:
    """The site's rule for one case: its coach or presenter knows the person."""
    if discussion.session is None:
        raise BadInput("not_found")
    session = reader.get(Session, discussion.session)
    episode = present_episode(reader, discussion.scope)
    knows = {item_of(reader, discussion).presenter, episode.coach if episode else None} - {None}
    lines = reader.list(Attendance, session=session.id)
    return quorum(rule, session, lines, staff(reader), frozenset(one for one in knows if one))


def _discussable(reader: Reader, discussion: Id) -> Discussion:
    """A case is talked about when the person agreed to it and there is a question; one to note needs no question."""
    found = open_discussion(reader, discussion)
    if found.topics is Topics.NO:
        raise NotApproved()
    if not found.question and item_of(reader, found).lane is not Lane.NOTE:
        raise BadInput("question_missing")
    return found
