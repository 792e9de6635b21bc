"""What the fields of a letter hold on one paper: taken from the facts of its recipient, which have nothing else."""

from datetime import date
from functools import singledispatch

from workwell_desktop.documents.facts import (
    AccessCopyFacts,
    AdviceOfFacts,
    AppointmentFacts,
    BlankFormFacts,
    Contact,
    EmployerSummaryFacts,
    GpSummaryFacts,
    PaperHead,
    ParticipantPlanFacts,
    PhasedReturnFacts,
    ReferralLetterFacts,
    ServiceCardFacts,
)
from workwell_desktop.documents.words import Words
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.templates import Values


@singledispatch
def values(facts: object, _words: Words) -> Values:
    """The fields that every word of the letter may name, as ``resources/letters/`` lists them."""
    raise TypeError(type(facts).__name__)


def _head(head: PaperHead, words: Words) -> Values:
    return {"partnership": head.partnership, "day": words.day(head.dated, year=True)}


def _contact(contact: Contact) -> Values:
    return {"contact": contact.name, "phone": contact.phone, "hours": contact.hours, "email": contact.email}


def _day(words: Words, day: date | None) -> str | None:
    return words.day(day, year=True) if day else None


@values.register
def _plan(facts: ParticipantPlanFacts, words: Words) -> Values:
    return {
        **_head(facts.head, words),
        **_contact(facts.contact),
        "name": facts.name,
        "employer": facts.employer,
        "review_day": _day(words, facts.review_on),
        "goals": tuple(one.text.strip() for one in facts.goals),
    }


@values.register
def _employer(facts: EmployerSummaryFacts, words: Words) -> Values:
    return {
        **_head(facts.head, words),
        **_contact(facts.contact),
        "name": facts.name,
        "employer": facts.employer,
        "review_day": _day(words, facts.review_on),
        "changes": tuple(one.text.strip() for one in facts.changes),
    }


@values.register
def _gp(facts: GpSummaryFacts, words: Words) -> Values:
    return {
        **_head(facts.head, words),
        **_contact(facts.contact),
        "name": facts.name,
        "practice": facts.practice,
        "review_day": _day(words, facts.review_on),
        "changes": tuple(one.text.strip() for one in facts.changes),
    }


@values.register
def _letter(facts: ReferralLetterFacts, words: Words) -> Values:
    return {
        **_head(facts.head, words),
        **_contact(facts.contact),
        "name": facts.name,
        "service": facts.service,
        "needs": facts.needs,
    }


@values.register
def _card(facts: AppointmentFacts, words: Words) -> Values:
    told = {"contact": facts.contact.name, "phone": facts.contact.phone, "hours": facts.contact.hours}
    when = words.day(facts.at.astimezone(LONDON).date(), year=True)
    return {
        **told,
        "day": when,
        "name": facts.name,
        "where": facts.where,
        "who": facts.who,
        "interpreter": facts.interpreter,
    }


@values.register
def _phased(facts: PhasedReturnFacts, words: Words) -> Values:
    return {
        **_head(facts.head, words),
        **_contact(facts.contact),
        "name": facts.name,
        "employer": facts.employer,
        "review_day": _day(words, facts.review_on),
    }


@values.register
def _service_card(facts: ServiceCardFacts, words: Words) -> Values:
    return {"day": words.day(facts.head.dated, year=True), **_contact(facts.contact)}


@values.register
def _advice(facts: AdviceOfFacts, words: Words) -> Values:
    return {
        **_head(facts.head, words),
        "contact": facts.contact.name,
        "phone": facts.contact.phone,
        "name": facts.name,
        "adviser": facts.adviser,
        "title": facts.title,
        "organisation": facts.organisation,
        "review_day": _day(words, facts.review_on),
        "options": facts.options,
    }


@values.register
def _access(facts: AccessCopyFacts, words: Words) -> Values:
    return {**_head(facts.head, words), "name": facts.name, "controller": facts.controller or None}


@values.register
def _blank(facts: BlankFormFacts, words: Words) -> Values:
    return {**_head(facts.head, words), "title": facts.title}
