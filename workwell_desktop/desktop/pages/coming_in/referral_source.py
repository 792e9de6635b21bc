"""How somebody came: from whom, and the few fields that this source has; the others are not on the page."""

from collections.abc import Callable
from typing import Any

from workwell_desktop.desktop.kit import Choice, Field, TextField, text
from workwell_desktop.domain.coming_in import ASKED, FIELDS, fields_of_source
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.screen import has

YES, NO = "yes", "no"


class SourceFields:
    """The fields of every source, of which those of one are in sight. ``fields`` are by name, to be kept."""

    def __init__(self) -> None:
        self.fields: dict[str, Field] = {name: Field(text(f"referral.{name}"), self._control(name)) for name in FIELDS}

    def follow(self, source: Field) -> None:
        """Shows what the chosen source has, now and whenever another one is chosen."""
        source.control.done.connect(lambda: self.show(source.control.value()))
        self.show(source.control.value())

    def show(self, chosen: str | None) -> None:
        """``chosen`` is a source, or nothing."""
        source = ReferralSource(chosen) if chosen else None
        shown = fields_of_source(source)
        needed = {one.name for one in ASKED[source] if one.missing} if source else set()
        for name, field in self.fields.items():
            if name in shown:
                label = self._label(name, str(chosen))
                field.rename(label if name in needed else text("fields.optional", label=label))
            else:
                field.show_error("")
            field.setVisible(name in shown)

    def told(self, chosen: str | None) -> dict[str, Any]:
        """What was said, of the fields that the source has; what stands in others was about another source."""
        source = ReferralSource(chosen) if chosen else None
        return {name: self._value(name) for name in fields_of_source(source)}

    def _value(self, name: str) -> str | bool | None:
        value = self.fields[name].control.value()
        if name == "person_knows":
            return None if not value else value == YES
        return value or None

    def _control(self, name: str) -> Any:
        if name == "person_knows":
            return Choice([(YES, text("referral.knows_yes")), (NO, text("referral.knows_no"))], "", columns=2)
        return TextField()

    def _label(self, name: str, source: str) -> str:
        made: dict[str, Callable[[str], str]] = {"organisation": _place, "referrer_name": _person}
        return made[name](source) if name in made else text(f"referral.{name}")


def _place(source: str) -> str:
    key = f"referral.organisation_of.{source}"
    return text(key) if has(key) else text("referral.organisation")


def _person(source: str) -> str:
    key = f"referral.name_of.{source}"
    return text(key) if has(key) else text("referral.referrer_name")
