"""A case file through the real services: the same acts that pages call, in the order in which they happened."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from workwell_desktop.catalogue import has, text
from workwell_desktop.domain.clock import LONDON, PlayedClock
from workwell_desktop.domain.episodes import Mode, ReferralSource
from workwell_desktop.domain.participants import (
    AgreementKind,
    EmployerContact,
    Evidence,
    NumberStatus,
    PaperFormat,
    Party,
    WorkStatus,
)
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, CaseFileInvalid, FieldsInvalid
from workwell_desktop.services.administration import partnership, people, teams
from workwell_desktop.services.administration.site_in_use import GENERIC
from workwell_desktop.services.assessing import assessments, library, risk
from workwell_desktop.services.coming_in import agreements, referrals
from workwell_desktop.services.coming_in.participant_views import AgreementDetails, ParticipantDetails
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.job.case_answers import give_answers
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import Argon2Profile

Case = Mapping[str, Any]
LONGEST_BEFORE = timedelta(days=300)
"""A computer's certificate lasts a year; a store is made no longer than this before the papers are signed."""


class Colleagues:
    """Everybody in one case file, each at a desk of their own on one store."""

    def __init__(self, first: Desk, passphrase: str) -> None:
        self.first = first
        self.passphrase = passphrase
        self.ids: dict[str, Id] = {}
        self._desks: dict[Id, Desk] = {first.me: first}

    def passphrase_of(self, key: str) -> str:
        """The passphrase that the person of this key was given: one for all, as the case is one person's play."""
        return self.passphrase if key in self.ids else ""

    def desk(self, key: str) -> Desk:
        """The desk at which the person of this key acts."""
        person = self.ids[key]
        if person not in self._desks:
            store = self.first.store
            identity = store.identity(person, self.passphrase_of(key))
            with store.read() as reader:
                found = reader.get(Person, person)
            self._desks[person] = Desk(
                store,
                identity,
                found,
                clock=self.first.clock,
                site=self.first.site,
                rehearsal=self.first.rehearsal,
                profile=self.first.profile,
            )
        return self._desks[person]


class CaseRun:
    """One case on its way; ``begin`` takes it to the day on which the session meets."""

    def __init__(self, case: Case, path: Path, passphrase: str, profile: Argon2Profile | None) -> None:
        self.case = case
        self.clock = PlayedClock(datetime(2000, 1, 1, tzinfo=UTC), timedelta(seconds=1))
        self.at(max(_first_day(case), _day(case["today"]) - LONGEST_BEFORE), 8)
        self.colleagues = self._store(path, passphrase, profile)
        self.participant = Id("")
        self.episode = Id("")

    @property
    def today(self) -> date:
        return _day(self.case["today"])

    @property
    def coach(self) -> Desk:
        """The desk of whoever signs as the coach."""
        return self.colleagues.desk(coach_key(self.case))

    def at(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Sets the clock to a time of day in London."""
        self.clock.set(datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC))

    def begin(self) -> None:
        """Referral, agreements, work situation, assessments, and what was done about a risk."""
        self._refer()
        self._agree()
        self._work()
        self._assess()
        self._risk()

    def _store(self, path: Path, passphrase: str, profile: Argon2Profile | None) -> Colleagues:
        partner, team = self.case.get("partnership", {}), self.case.get("team", {})
        first, *others = self.case["people"]
        name = partner.get("name") or text("jobs.partnership")
        begins = opening.FirstRun(
            partnership=name,
            team=team.get("name") or name,
            name=first["name"],
            profession=Profession(first["profession"]),
            passphrase=passphrase,
            registration_number=first.get("registration_number"),
            place=team.get("place"),
            site=partner.get("site", GENERIC),
        )
        with said_at("people[0]"):
            desk, _code = opening.create(path, begins, clock=self.clock, profile=profile, unfinished=True)
        colleagues = Colleagues(desk, passphrase)
        try:
            colleagues.ids[first["key"]] = desk.me
            self._staff(colleagues, first, others)
            told = {key: partner.get(key) for key in ("controller", "phone", "hours")}
            partnership.change(desk, **told)
            library.bring_in_shipped(desk)
        except BaseException:
            desk.store.close()
            opening.give_up(path)
            raise
        return colleagues

    def _staff(self, colleagues: Colleagues, first: Case, others: list[Case]) -> None:
        desk = colleagues.first
        with said_at("people[0]"):
            roles = desk.person.roles | set(first["roles"])
            people.change(desk, desk.me, roles=roles, phone=first.get("phone"), email=first.get("email"))
        own = frozenset(team.id for team in teams.everyone(desk))
        for number, one in enumerate(others, start=1):
            colleagues.ids[one["key"]] = Id("")
            with said_at(f"people[{number}]"):
                new = people.NewPerson(
                    name=one["name"],
                    profession=Profession(one["profession"]),
                    roles=frozenset(one["roles"]),
                    passphrase=colleagues.passphrase,
                    registration_number=one.get("registration_number"),
                    teams=own,
                    phone=one.get("phone"),
                    email=one.get("email"),
                )
                colleagues.ids[one["key"]] = people.add(desk, new)

    def _refer(self) -> None:
        who, sent = self.case["participant"], self.case["referral"]
        self.at(_day(sent["received_on"]))
        told = {key: value for key, value in who.items() if key not in ("birth_date", "needs")}
        told["nhs_number_status"] = NumberStatus(who.get("nhs_number_status", NumberStatus.GIVEN))
        told["paper_format"] = PaperFormat(who["paper_format"]) if "paper_format" in who else None
        details = ParticipantDetails(birth_date=_day(who["birth_date"]), needs=frozenset(who.get("needs", ())), **told)
        with said_at("participant"):
            made = referrals.create(
                self.coach,
                referrals.NewReferral(
                    source=ReferralSource(sent["source"]),
                    reason=sent["reason"],
                    who=details,
                    received_on=_day(sent["received_on"]),
                    referrer_name=sent.get("referrer_name"),
                    referrer_contact=sent.get("referrer_contact"),
                ),
            )
        self.participant, self.episode = made.participant, made.episode

    def _agree(self) -> None:
        """Each agreement on its day; the programme begins when the person has agreed to take part."""
        accepted = False
        for number, one in sorted(enumerate(self.case["agreements"]), key=lambda pair: str(pair[1]["on"])):
            kind = AgreementKind(one["kind"])
            party = one.get("party") or _PARTY.get(kind)
            if party is None:
                raise CaseFileInvalid(f"agreements[{number}].party", text("jobs.party_missing"))
            self.at(_day(one["on"]), 10)
            said = AgreementDetails(
                kind=kind,
                party=Party(party),
                given=one["given"],
                how=one["how"],
                party_name=one.get("party_name"),
                limits=one.get("limits"),
                said=one.get("said"),
            )
            with said_at(f"agreements[{number}]"):
                agreements.record(self.coach, self.participant, said)
                if kind is AgreementKind.TAKE_PART and one["given"] and not accepted:
                    referrals.accept(self.coach, self.episode)
                    accepted = True
        if not accepted:
            raise CaseFileInvalid("agreements", text("jobs.not_taking_part"))

    def _work(self) -> None:
        told = dict(self.case["work"])
        self.at(_day(told["told_on"]), 11)
        for key in ("told_on", "since", "evidence_until"):
            told[key] = _day(told[key]) if key in told else None
        told["status"] = WorkStatus(told["status"])
        told["usual_hours"] = Decimal(told["usual_hours"]) if "usual_hours" in told else None
        told["evidence"] = Evidence(told["evidence"]) if "evidence" in told else None
        contact = told.get("employer_contact")
        told["employer_contact"] = EmployerContact(contact) if contact else None
        with said_at("work"):
            work.record(self.coach, self.participant, WorkDetails(**told))

    def _assess(self) -> None:
        for number, one in sorted(enumerate(self.case["assessments"]), key=lambda pair: str(pair[1]["on"])):
            self.at(_day(one["on"]), 11, 30)
            desk = self.colleagues.desk(one["by"])
            with said_at(f"assessments[{number}]"):
                filling = assessments.start(desk, self.participant, one["form"], Mode(one.get("mode", Mode.INTERVIEW)))
                give_answers(desk, filling, one["answers"], f"assessments[{number}].answers")
                assessments.complete(desk, filling)

    def _risk(self) -> None:
        done = self.case.get("risk")
        if done is None:
            return
        last = max((one["on"] for one in self.case["assessments"]), default=self.case["today"])
        self.at(_day(done.get("on", last)), 12)
        desk = self.colleagues.desk(done["by"])
        talked = risk.Talked(
            asked=done["asked"], agreed=done["agreed"], steps=frozenset(done["steps"]), told=done.get("told", "")
        )
        with said_at("risk"):
            for one in risk.open_ones(desk, self.participant):
                risk.record(desk, one.risk, talked)


_PARTY = {AgreementKind.TAKE_PART: Party.PARTICIPANT, AgreementKind.DISCUSS: Party.TEAM}


def coach_key(case: Case) -> str:
    """The key of whoever signs as the coach."""
    return next(str(one["person"]) for one in case["signatures"] if one["role"] == "coach")


@contextmanager
def said_at(where: str) -> Iterator[None]:
    """Says where in the file a thing stands that an act refused."""
    try:
        yield
    except FieldsInvalid as wrong:
        field, reason = wrong.problems[0]
        raise CaseFileInvalid(f"{where}.{field}", _small(text(f"errors.field.{reason}"))) from None
    except BadInput as wrong:
        if type(wrong) is not BadInput or wrong.reason == "store_exists":
            raise
        key = f"errors.reason.{wrong.reason}"
        raise CaseFileInvalid(where, _small(text(key, **wrong.params)) if has(key) else wrong.reason) from None


def _small(sentence: str) -> str:
    """The first sentence, as it stands inside another."""
    first = sentence.partition(". ")[0].rstrip(".")
    return first[:1].lower() + first[1:]


def _first_day(case: Case) -> date:
    days = [case["referral"]["received_on"], case["work"]["told_on"], case["session"]["on"], case["today"]]
    days += [one["on"] for one in (*case["agreements"], *case["assessments"])]
    return min(_day(one) for one in days)


def _day(written: str) -> date:
    return date.fromisoformat(written)
