"""A catalogue in which a partnership's own words stand over those of another one, filled from one paper's facts."""

from collections.abc import Mapping

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.letter_values import values
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.templates import Template, Values


class Worded(Catalogue):
    """``own`` are templates by key; whatever is not among them is said by ``below``, in its language."""

    def __init__(self, own: Mapping[str, Template], fields: Values, below: Catalogue) -> None:
        super().__init__(below.language)
        self._own, self._fields, self._below = own, fields, below
        self.asked: dict[str, Values] = {}
        """What each sentence was given as it was said, by key."""

    def text(self, key: str, /, **params: object) -> str:
        made = self._own.get(key)
        given = self._given(key, params)
        return made.fill(given) if made is not None else self._below.text(key, **params)

    def parts(self, key: str, /, **params: object) -> list[tuple[str, bool]]:
        made = self._own.get(key)
        given = self._given(key, params)
        return made.runs(given) if made is not None else self._below.parts(key, **params)

    def lacks(self, key: str) -> bool:
        return key not in self._own and self._below.lacks(key)

    def has(self, key: str) -> bool:
        return self._below.has(key)

    def keys(self, namespace: str) -> tuple[str, ...]:
        return self._below.keys(namespace)

    def _given(self, key: str, params: Mapping[str, object]) -> Values:
        told = {name: None if value is None else str(value) for name, value in params.items()}
        given = self.asked[key] = {**self._fields, **told}
        return given


def worded(own: Mapping[str, Template], facts: object, year: int, below: Catalogue | None = None) -> Catalogue:
    """The catalogue for the paper of ``facts``; ``below`` (our own when not given) where nothing is changed."""
    below = below or shared()
    return Worded(own, values(facts, Words(below, year)), below) if own else below
