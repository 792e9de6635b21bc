"""The two sessions of the made-up caseload: one of today, still to come, and one that is locked."""

from typing import TYPE_CHECKING

from workwell_desktop.domain.plans import OwnerKind
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Discussion, Lane, Outcome, Presence, Topics
from workwell_desktop.services.meeting import agenda, discussions, sessions, signing_minutes
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy

if TYPE_CHECKING:
    from workwell_desktop.services.demo.making import Maker, Row


def make_meetings(maker: "Maker") -> None:
    """The session before first; the clock ends in the morning of the day."""
    _past(maker, maker.data["past"])
    _today(maker, maker.data["session"])


def _today(maker: "Maker", row: "Row") -> None:
    maker.at(-2, "15:30")
    session = _called(maker, row, 0)
    for key in row["apologies"]:
        line = sessions.invite(maker.desk, session, maker.ids[key])
        sessions.attend(maker.desk, line, Presence.APOLOGIES)
    for case in row["agenda"]:
        item = agenda.add_case(
            maker.desk,
            session,
            maker.who[case["who"]],
            lane=Lane(case["lane"]),
            question=case.get("question"),
            presenter=maker.ids["maya"],
        )
        if "since" in case:
            agenda.set_since_last(maker.desk, item, case["since"])
        if "words" in case:
            discussions.agree_to_discuss(
                maker.desk,
                _discussion(maker, item),
                Topics.SOME if "limits" in case else Topics.YES,
                limits=case.get("limits"),
                own_words=case["words"],
                view_how=Code("told_coach"),
            )


def _past(maker: "Maker", row: "Row") -> None:
    maker.at(row["day"] - 1, "15:00")
    session = _called(maker, row, row["day"])
    item = agenda.add_case(
        maker.desk, session, maker.who[row["who"]], question=row["question"], presenter=maker.ids["maya"]
    )
    discussion = _discussion(maker, item)
    discussions.agree_to_discuss(
        maker.desk, discussion, Topics.YES, own_words=row["words"], view_how=Code("told_coach")
    )
    maker.at(row["day"], row["at"])
    sessions.start_session(maker.desk, session)
    for key in (row["chair"], row["notes"], *row["coming"]):
        sessions.attend(maker.desk, sessions.invite(maker.desk, session, maker.ids[key]), Presence.PRESENT)
    for one in row["opinions"]:
        discussions.contribute(maker.desk, discussion, opinion=one["text"], author=maker.ids[one["by"]])
    discussions.decide(
        maker.desk,
        discussion,
        decision=row["decision"],
        rationale=row["rationale"],
        outcome=Outcome.CARRY_ON,
        next_review=maker.day(row["review"]),
    )
    discussions.plan_to_tell(maker.desk, discussion, maker.ids["maya"], Code("phone"), maker.day(2))
    action = row["action"]
    obstacles.add_action(
        maker.desk,
        maker.who[row["who"]],
        action["text"],
        OwnedBy(OwnerKind.STAFF, maker.ids[action["owner"]]),
        maker.day(action["due"]),
        discussion=discussion,
    )
    chair = maker.colleague(row["chair"])
    sessions.lock_session(chair, session)
    signing_minutes.sign_minutes(chair, session, maker.passphrase)


def _called(maker: "Maker", row: "Row", day: int) -> Id:
    session = sessions.create_session(
        maker.desk,
        maker.teams[row["team"]],
        maker.moment(day, row["at"]),
        place=next(team["place"] for team in maker.data["teams"] if team["key"] == row["team"]),
        chair=maker.ids[row["chair"]],
        note_taker=maker.ids[row["notes"]],
    )
    for key in row["coming"]:
        sessions.invite(maker.desk, session, maker.ids[key])
    return session


def _discussion(maker: "Maker", item: Id) -> Id:
    with maker.desk.read() as reader:
        return reader.list(Discussion, agenda_item=item)[0].id
