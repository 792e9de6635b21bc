"""In which languages a participant's own papers can be made, and for whom.

A pack that somebody has checked is offered to whoever gives papers out. One that nobody has is offered to those alone
who look after the site (Act ``manage_site``), so that they can show it to a person who can check it; each of its pages
says that it is a draft. Sentences of our own are translated, never what somebody wrote or said.
"""

from dataclasses import dataclass

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.language_packs import Pack, pack_called, pack_of, packs
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Language:
    """One choice. ``code`` is BCP 47; ``theirs``: it is the language that is on record for the person."""

    code: str
    name: str
    own_name: str
    draft: bool
    theirs: bool


def offered(desk: Desk, participant: Id) -> tuple[Language, ...]:
    """The languages beside English for whoever acts, by their English names."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        theirs = pack_called(reader.get(Participant, participant).language)
    found = (pack for pack in packs() if _may_use(desk, pack))
    return tuple(Language(one.language, one.name, one.own_name, one.draft, one is theirs) for one in found)


def _may_use(desk: Desk, pack: Pack) -> bool:
    return not pack.draft or desk.may(Act.MANAGE_SITE)


def translation(desk: Desk, language: str) -> Catalogue:
    """The sentences of a language. Raises BadInput ``language_not_offered``."""
    desk.allow(Act.READ, Document)
    from workwell_desktop.documents.translated import catalogue

    pack = pack_of(language)
    if pack is None or not _may_use(desk, pack):
        raise BadInput("language_not_offered")
    return catalogue(language)
