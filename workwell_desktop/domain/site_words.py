"""A site pack in plain words, and what changes from one pack to another: one line for each thing that differs."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import SignatoryRole
from workwell_desktop.domain.screen import has, text
from workwell_desktop.domain.sessions import Lane
from workwell_desktop.domain.site import PhraseUse, Role, Site

GROUPS = (
    "terms",
    "clocks",
    "plans",
    "evidence",
    "eligibility",
    "agenda",
    "quorum",
    "roles",
    "pace",
    "crisis",
    "risk",
    "duties",
    "measures",
    "phrases",
    "words",
)
"""In the order in which they are read."""

_TERMS = ("name", "controller", "phone", "hours", "email", "web", "if_late", "neutral_name")
_PACE_LISTS = ("lane_minutes", "follow_up_weeks")
Said = dict[tuple[str, str], tuple[str, str]]
"""Group and code of a thing: what it is called, and what holds for it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. ``now`` or ``then`` is empty where a pack does not have it; of a role, what somebody
    may no longer or may also do stands in ``then`` alone."""

    group: str
    what: str
    now: str
    then: str


def differences(now: Site, then: Site) -> tuple[Difference, ...]:
    """What changes when ``then`` takes the place of ``now``, group by group; nothing for two that say the same."""
    old, new = in_words(now), in_words(then)
    found = [
        Difference(group, new.get((group, code), old.get((group, code), ("", "")))[0], *sides)
        for group, code in dict.fromkeys([*old, *new])
        if (sides := (old.get((group, code), ("", ""))[1], new.get((group, code), ("", ""))[1]))[0] != sides[1]
    ]
    found += _roles(now, then)
    return tuple(sorted(found, key=lambda one: GROUPS.index(one.group)))


def in_words(site: Site) -> Said:
    """Everything of a pack but its roles, which are told by what one may more and less."""
    said: Said = {}
    for code in ("one", "many"):
        said["terms", code] = (text(f"sitepack.noun.{code}"), getattr(site.noun, code))
    for code in _TERMS:
        said["terms", code] = (text(f"sitepack.service.{code}"), getattr(site.service, code))
    for clock in site.clocks.values():
        weeks = text("sitepack.weeks", count=clock.weeks)
        said["clocks", clock.code] = (clock.label, _joined(weeks, _statuses(clock.statuses)))
    for plan, rule in site.plans.items():
        name = text(f"sitepack.plan.{plan.value}")
        said["plans", f"{plan}.label"] = (text("sitepack.plan_label", plan=name), rule.label)
        said["plans", f"{plan}.title"] = (text("sitepack.plan_title", plan=name), rule.title)
        said["plans", f"{plan}.statuses"] = (text("sitepack.plan_for", plan=name), _statuses(rule.statuses))
        for place in ("required", "optional"):
            signers = _signers(getattr(rule, place))
            said["plans", f"{plan}.{place}"] = (text(f"sitepack.plan_{place}", plan=name), signers)
    said["evidence", "start"] = (text("sitepack.evidence_starts"), text(f"sitepack.start.{site.evidence.start.value}"))
    said["evidence", "words"] = (text("sitepack.evidence_words"), site.evidence.words)
    for number, asked in enumerate(site.eligibility, 1):
        ends = ", ".join(text(f"sitepack.said.{one}") for one in ("yes", "no", "not_sure") if one in asked.ends)
        leads = text("sitepack.leads", answers=ends, services=_joined(*asked.services, *asked.areas))
        age = text("sitepack.from_age", age=asked.least_age) if asked.least_age else ""
        words = " ".join(part for part in (asked.question, asked.hint, age, leads) if part)
        said["eligibility", asked.code] = (text("sitepack.asked", number=number), words)
    for number, brings in enumerate(site.agenda, 1):
        lane = text(f"sitepack.lane.{brings.lane.value}")
        days = text("sitepack.days", count=brings.days) if brings.days else ""
        value = _joined(lane, text("sitepack.place", number=number), days)
        said["agenda", brings.why.value] = (text(f"sitepack.why.{brings.why.value}"), value)
    for code in ("chair", "knows_the_person"):
        said["quorum", code] = (text(f"sitepack.quorum.{code}"), _yes(bool(getattr(site.quorum, code))))
    said["quorum", "clinicians"] = (text("sitepack.quorum.clinicians"), str(site.quorum.clinicians))
    _say_pace(site, said)
    for line in site.crisis:
        said["crisis", line.code] = (line.label, f"{line.number}. {line.how}")
    _say_risk(site, said)
    for each in fields(site.duties):
        value = getattr(site.duties, each.name)
        shown = _yes(value) if isinstance(value, bool) else str(value)
        said["duties", each.name] = (text(f"sitepack.duties.{each.name}"), shown)
    said["measures", "first"] = (text("sitepack.first_forms"), ", ".join(_form(url) for url in site.measures))
    for offer in site.offers:
        what = text("sitepack.offer", form=_form(offer.form), after=_form(offer.after))
        key = f"{offer.after} {offer.link_id} {offer.form}"
        said["measures", key] = (what, text("sitepack.from_score", score=offer.at_least))
    for use in PhraseUse:
        phrases = " ".join(one.words for one in site.phrases if one.use is use)
        if phrases:
            said["phrases", use.value] = (text(f"phrases.use.{use.value}"), phrases)
    said["words", "confidentiality"] = (text("sitepack.confidentiality"), " ".join(site.confidentiality))
    for code, words in site.agreement_words.items():
        said["words", code] = (text(f"sitepack.agreement.{code}"), words)
    for (language, letter, word), words in site.letters.items():
        what = text("sitepack.letter", letter=text(f"letters.of.{letter}"), word=word)
        said["words", f"letter {language} {letter} {word}"] = (what, words)
    return said


def _say_pace(site: Site, said: Said) -> None:
    for each in fields(site.pace):
        if each.name not in _PACE_LISTS:
            said["pace", each.name] = (text(f"sitepack.pace.{each.name}"), str(getattr(site.pace, each.name)))
    for lane, minutes in site.pace.lane_minutes.items():
        what = text("sitepack.lane_minutes", lane=text(f"sitepack.lane.{Lane(lane).value}"))
        said["pace", f"lane.{lane}"] = (what, str(minutes))
    weeks = ", ".join(str(week) for week in site.pace.follow_up_weeks)
    said["pace", "follow_up_weeks"] = (text("sitepack.pace.follow_up_weeks"), weeks or text("sitepack.none"))


def _say_risk(site: Site, said: Said) -> None:
    said["risk", "card"] = (text("sitepack.risk_card"), site.risk.card)
    said["risk", "prompts"] = (text("sitepack.risk_prompts"), " ".join(site.risk.prompts))
    for step in site.risk.steps:
        said["risk", f"step.{step.code}"] = (text("sitepack.risk_step"), step.label)
    for trigger in site.risk.triggers:
        what = text("sitepack.risk_trigger", question=trigger.question, form=_form(trigger.form))
        answers = ", ".join(sorted(trigger.answers))
        said["risk", f"{trigger.form} {trigger.link_id}"] = (what, text("sitepack.risk_answers", answers=answers))


def _roles(now: Site, then: Site) -> Iterable[Difference]:
    for code in dict.fromkeys([*now.roles, *then.roles]):
        old, new = now.roles.get(code), then.roles.get(code)
        if old is None or new is None:
            label = (old or new or now.roles[code]).label
            here, gone = text("sitepack.role_is_here"), text("sitepack.role_is_not_here")
            yield Difference("roles", label, gone if old is None else here, gone if new is None else here)
            continue
        if old.label != new.label:
            yield Difference("roles", text("sitepack.role_label"), old.label, new.label)
        if old.signs_as != new.signs_as:
            what = text("sitepack.role_signs", role=new.label)
            yield Difference("roles", what, _signers(old.signs_as), _signers(new.signs_as))
        less, more = _grants(old) - _grants(new), _grants(new) - _grants(old)
        if less:
            what = text("sitepack.role_may_less", role=new.label)
            yield Difference("roles", what, "", ", ".join(sorted(less)))
        if more:
            what = text("sitepack.role_may_more", role=new.label)
            yield Difference("roles", what, "", ", ".join(sorted(more)))
    first = [", ".join(_label(site, code) for code in site.first_person) for site in (now, then)]
    if first[0] != first[1]:
        yield Difference("roles", text("sitepack.first_person"), *first)


def _label(site: Site, code: str) -> str:
    return next((role.label for role in site.roles.values() if role.code == code), code)


def _grants(role: Role) -> frozenset[str]:
    """What a role may do, in words; one that holds for some kinds of record alone says for which."""
    found = set()
    for act, kinds in role.may.items():
        words = text(f"audit.act.{act.value}")
        if kinds is None:
            found.add(words)
        else:
            found |= {text("sitepack.act_on", act=words, kind=_kind(kind)) for kind in kinds}
        found |= {text("sitepack.act_on", act=words, kind=_kind(kind)) for kind in role.named.get(act, ())}
    return frozenset(found)


def _kind(kind: str) -> str:
    key = f"standing.kind.{kind}"
    return text(key) if has(key) else kind.replace("_", " ")


def _statuses(codes: Iterable[WorkStatus]) -> str:
    return ", ".join(text(f"sitepack.status.{one.value}") for one in WorkStatus if one in set(codes))


def _signers(codes: Iterable[SignatoryRole]) -> str:
    said = set(codes)
    found = [text(f"sitepack.signer.{one.value}") for one in SignatoryRole if one in said]
    return ", ".join(found) or text("sitepack.none")


def _yes(value: bool) -> str:
    return text("sitepack.yes" if value else "sitepack.no")


def _form(url: str) -> str:
    """The short name at the end of a form's address."""
    return url.rstrip("/").rpartition("/")[2].upper()


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
