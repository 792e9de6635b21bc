"""Fields that only a questionnaire asks for: rough dates, times, moments, quantities, several lines, own words."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Clear,
    DateField,
    DropDown,
    Option,
    TextField,
    Words,
    row,
    text,
)
from workwell_desktop.desktop.pages.assessment.values import (
    date_of,
    number_of,
    number_words,
    rough_date,
    rough_echo,
    time_of,
    time_words,
)
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.values import PartialDate


class Number(TextField):
    """A number or nothing. The form says what it may be; a figure out of its bounds is kept and named."""

    def __init__(self, *, whole: bool) -> None:
        super().__init__("", width=130)
        self._whole = whole

    def number(self) -> Decimal | None:
        """The number; None when the field is empty or holds none."""
        found = number_of(self.value())
        return None if found is not None and self._whole and found != found.to_integral_value() else found

    def set_number(self, value: Decimal | int | None) -> None:
        """Shows a number."""
        self.set_value("" if value is None else number_words(value))

    def fault(self) -> str | None:
        if not self.value() or self.number() is not None:
            return None
        return text("fields.whole" if self._whole else "fields.number")


class RoughDate(DateField):
    """A day, or a month or a year where nobody knows the day."""

    def __init__(self, *, today: date) -> None:
        super().__init__(None, today=today, width=190)

    def rough(self) -> PartialDate | None:
        """What is meant; None when the field is empty or not understood."""
        return rough_date(self.value(), self._today) if self.value() else None

    def set_rough(self, value: PartialDate | None) -> None:
        """Shows a date as it was given."""
        if value is not None and value.precision == 3:
            self.set_day(value.first_day())
        else:
            self.set_value("" if value is None else date_of(value))

    def echo(self) -> str:
        return rough_echo(self.rough())

    def fault(self) -> str | None:
        return text("assessment.date_fault") if self.value() and self.rough() is None else None

    def _read(self) -> date | None:
        found = self.rough()
        return found.first_day() if found is not None and found.precision == 3 else None


class TimeOfDay(TextField):
    """A time of day or nothing; takes 14:30, 2pm, 2:30pm."""

    def __init__(self) -> None:
        super().__init__("", width=130)

    def at(self) -> time | None:
        """The time; None when the field is empty or not understood."""
        return time_of(self.value()) if self.value() else None

    def set_time(self, value: time | None) -> None:
        """Shows a time."""
        self.set_value("" if value is None else time_words(value))

    def fault(self) -> str | None:
        return text("assessment.time_fault") if self.value() and self.at() is None else None


class Together(Clear):
    """Fields beside each other that give one answer together."""

    edited = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[Any] = []

    def _hold(self, *fields: Any) -> None:
        for field in fields:
            self._fields.append(field)
            field.edited.connect(self.edited.emit)
            field.done.connect(self.done.emit)

    def first(self) -> QWidget:
        """Where the focus goes."""
        found: QWidget = self._fields[0]
        return found

    def value(self) -> str:
        """What is typed, all of it."""
        return " ".join(str(field.value() or "") for field in self._fields).strip()

    def fault(self) -> str | None:
        """The first fault of its fields."""
        return next((fault for field in self._fields if (fault := field.fault())), None)

    def set_wrong(self, wrong: bool) -> None:
        for field in self._fields:
            field.set_wrong(wrong)

    def set_read_only(self, read_only: bool = True) -> None:
        for field in self._fields:
            field.set_read_only(read_only)

    def set_names(self, label: str, *names: str) -> None:
        """Names each field by the question and what it takes."""
        for field, name in zip(self._fields, names, strict=True):
            field.setAccessibleName(text("assessment.part_of", label=label, part=name))


class Moment(Together):
    """A date with a time, or a date alone."""

    def __init__(self, label: str, *, today: date) -> None:
        super().__init__()
        self.date, self.time = RoughDate(today=today), TimeOfDay()
        box = row(self, (0, 0, 0, 0), 10)
        box.addWidget(self.date)
        box.addWidget(Words(text("assessment.at"), "note", "soft", wrap=False))
        box.addWidget(self.time)
        box.addStretch(1)
        self._hold(self.date, self.time)
        self.set_names(label, text("assessment.date"), text("assessment.time"))

    def moment(self) -> datetime | PartialDate | None:
        """An aware moment where both are given."""
        day, at = self.date.rough(), self.time.at()
        if day is None or at is None or day.precision < 3:
            return day
        return datetime.combine(day.first_day(), at, LONDON)

    def set_moment(self, value: datetime | PartialDate | None) -> None:
        """Shows it in London's time."""
        if isinstance(value, datetime):
            local = value.astimezone(LONDON)
            self.date.set_rough(PartialDate.of(local.date()))
            self.time.set_time(local.time().replace(second=0, microsecond=0))
            return
        self.date.set_rough(value)
        self.time.set_time(None)

    def fault(self) -> str | None:
        if self.time.value() and not self.date.value():
            return text("assessment.date_missing")
        return super().fault()


class Amount(Together):
    """A number with a unit that is chosen."""

    def __init__(self, label: str, units: Sequence[Option]) -> None:
        super().__init__()
        self.number, self.unit = Number(whole=False), DropDown(units, units[0][0], width=220)
        box = row(self, (0, 0, 0, 0), 10)
        box.addWidget(self.number)
        box.addWidget(self.unit)
        box.addStretch(1)
        self._hold(self.number, self.unit)
        self.set_names(label, text("assessment.number"), text("assessment.unit"))

    def value(self) -> str:
        return self.number.value()
