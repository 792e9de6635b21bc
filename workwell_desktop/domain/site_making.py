"""Turns a pack that has been found in order into a ``Site``."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.keeping import KeepRule
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import PlanType, SignatoryRole
from workwell_desktop.domain.records import is_restricted
from workwell_desktop.domain.sessions import Lane, Why
from workwell_desktop.domain.site import (
    AgendaRule,
    CrisisLine,
    EligibilityQuestion,
    EvidenceRule,
    EvidenceStart,
    KeepReason,
    Noun,
    Offer,
    Pace,
    Phrase,
    PhraseUse,
    PlanRule,
    ProgrammeClock,
    QuorumRule,
    RetentionRule,
    RiskStep,
    RiskTrigger,
    Role,
    RoleCode,
    ServiceContact,
    Site,
    SiteDuties,
    SiteRetention,
    SiteRisk,
)
from workwell_desktop.domain.site_merging import BASES, merged


def make_site(pack: Mapping[str, Any]) -> Site:
    """``pack`` has passed the schema and the rules; anything else is a fault of the program."""
    measures = pack["measures"]
    words = pack["words"]
    return Site(
        code=pack["code"],
        name=pack["name"],
        version=pack["version"],
        ods_code=pack.get("ods_code"),
        successor=pack.get("successor"),
        noun=Noun(**pack["noun"]),
        service=ServiceContact(**pack["service"]),
        roles=MappingProxyType({RoleCode(code): _role(code, role) for code, role in pack["roles"].items()}),
        first_person=tuple(RoleCode(code) for code in pack["first_person"]["roles"]),
        quorum=QuorumRule(**pack["quorum"]),
        agenda=tuple(AgendaRule(Why(rule["why"]), Lane(rule["lane"]), rule.get("days", 0)) for rule in pack["agenda"]),
        clocks=MappingProxyType({code: _clock(code, clock) for code, clock in pack["clocks"].items()}),
        pace=_pace(pack["pace"]),
        plans=MappingProxyType({PlanType(code): _plan(code, plan) for code, plan in pack["plans"].items()}),
        evidence=EvidenceRule(EvidenceStart(pack["evidence"]["start"]), pack["evidence"]["words"]),
        eligibility=tuple(_question(each) for each in pack.get("eligibility", ())),
        risk=_risk(pack["risk"]),
        crisis=tuple(CrisisLine(**line) for line in pack["crisis"]),
        measures=tuple(measures["first"]),
        offers=tuple(Offer(**offer) for offer in measures.get("offers", ())),
        phrases=tuple(Phrase(PhraseUse(each["use"]), each["words"]) for each in pack.get("phrases", ())),
        confidentiality=tuple(words["confidentiality"]),
        agreement_words=MappingProxyType(dict(words["agreement"])),
        differs=tuple(pack.get("differs", ())),
        duties=SiteDuties(**pack.get("duties", {})),
        retention=_retention(pack.get("retention", {})),
        backups=KeepRule(**pack.get("backups", {})),
        letters=MappingProxyType(
            {
                (language, letter, word): text
                for language, kinds in pack.get("letters", {}).items()
                for letter, words in kinds.items()
                for word, text in words.items()
            }
        ),
    )


def _retention(pack: Mapping[str, Any]) -> SiteRetention:
    rules = (
        RetentionRule(**{**each, "conditions": frozenset(each.get("conditions", ()))}) for each in pack.get("rules", ())
    )
    keep = pack.get("keep") or merged({"extends": BASES[0]})["retention"]["keep"]
    return SiteRetention(pack.get("second_person", True), tuple(rules), tuple(KeepReason(**each) for each in keep))


def _role(code: str, role: Mapping[str, Any]) -> Role:
    return Role(
        code=RoleCode(code),
        label=role["label"],
        signs_as=frozenset(SignatoryRole(signer) for signer in role["signs_as"]),
        may=MappingProxyType(_grants(role["may"])),
        named=MappingProxyType(_named(role["may"])),
    )


def _grants(written: Iterable[str]) -> dict[Act, frozenset[str] | None]:
    """``read`` beside ``read:plan`` is every kind: the wider one holds."""
    grants: dict[Act, frozenset[str] | None] = {}
    for grant in written:
        act, _, kind = grant.partition(":")
        kinds = grants.get(Act(act), frozenset())
        grants[Act(act)] = None if kinds is None or not kind else kinds | {kind}
    return grants


def _named(written: Iterable[str]) -> dict[Act, frozenset[str]]:
    """The restricted kinds that a role is given, beside whatever else it may."""
    named: dict[Act, frozenset[str]] = {}
    for grant in written:
        act, _, kind = grant.partition(":")
        if kind and is_restricted(kind):
            named[Act(act)] = named.get(Act(act), frozenset()) | {kind}
    return named


def _statuses(written: Iterable[str]) -> frozenset[WorkStatus]:
    return frozenset(WorkStatus(status) for status in written)


def _clock(code: str, clock: Mapping[str, Any]) -> ProgrammeClock:
    return ProgrammeClock(code, clock["label"], clock["weeks"], _statuses(clock["statuses"]))


def _pace(pace: Mapping[str, Any]) -> Pace:
    lanes = MappingProxyType({Lane(lane): minutes for lane, minutes in pace["lane_minutes"].items()})
    return Pace(**{**pace, "lane_minutes": lanes, "follow_up_weeks": tuple(pace["follow_up_weeks"])})


def _plan(code: str, plan: Mapping[str, Any]) -> PlanRule:
    return PlanRule(
        type=PlanType(code),
        label=plan["label"],
        title=plan["title"],
        statuses=_statuses(plan["statuses"]),
        required=tuple(SignatoryRole(signer) for signer in plan["required"]),
        optional=tuple(SignatoryRole(signer) for signer in plan["optional"]),
    )


def _question(each: Mapping[str, Any]) -> EligibilityQuestion:
    return EligibilityQuestion(
        code=each["code"],
        question=each["question"],
        hint=each.get("hint", ""),
        ends=frozenset(each["ends"]),
        least_age=each.get("least_age"),
        services=tuple(each.get("services", ())),
        areas=tuple(each.get("areas", ())),
    )


def _risk(risk: Mapping[str, Any]) -> SiteRisk:
    return SiteRisk(
        triggers=tuple(
            RiskTrigger(each["form"], each["link_id"], frozenset(each["answers"]), each["question"])
            for each in risk["triggers"]
        ),
        prompts=tuple(risk["prompts"]),
        steps=tuple(RiskStep(**step) for step in risk["steps"]),
        card=risk["card"],
    )
