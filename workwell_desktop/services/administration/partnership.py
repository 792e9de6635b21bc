"""The partnership itself: its name, who answers for the data, and how it is reached, as it stands on every paper."""

from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Partnership
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.desk import Desk


def get(desk: Desk) -> Partnership:
    """The one partnership of the store."""
    desk.allow(Act.READ, Partnership)
    with desk.read() as reader:
        return reader.list(Partnership)[0]


def change(
    desk: Desk,
    *,
    name: str | None = None,
    controller: str | None = None,
    phone: str | None = None,
    hours: str | None = None,
) -> None:
    """Changes what is given and leaves the rest; an empty text takes it away. Raises FieldsInvalid without a name."""
    desk.allow(Act.MANAGE_SITE, Partnership)
    if name is not None and not name.strip():
        raise FieldsInvalid((("name", "name_missing"),))
    given = {"name": name, "controller": controller, "phone": phone, "hours": hours}
    fields: dict[str, Any] = {key: value.strip() or None for key, value in given.items() if value is not None}
    with desk.unit() as unit:
        unit.set(Partnership, unit.reader.list(Partnership)[0].id, **fields)
