"""Papers at every stage of signing, made once for all tests that look at them."""

import math
from dataclasses import replace
from datetime import timedelta
from functools import cache

from tests.documents import authority, examples
from workwell_desktop import documents
from workwell_desktop.documents import Composition, Ink, PaperStyle, Stroke, compose
from workwell_desktop.documents.words import shared
from workwell_desktop.domain.plans import SignatoryRole

CA = authority.authority()
DEVICE = "computer in room 2"
SIGNERS = {name: CA.signer(name) for name in ("Maya Okafor", "Tom Reyes", "Ruth Adeyemi", DEVICE)}
INK = Ink(
    tuple(
        Stroke(tuple((20 + 3 * step + 90 * part, 60 + 30 * math.sin(step / 4 + part)) for step in range(40)))
        for part in range(3)
    ),
    420,
    128,
)
TRUST = (CA.der,)


def signer_for(field: documents.SignatureField) -> authority.KeySigner:
    """The person's own certificate, or the computer's for ink."""
    return SIGNERS[DEVICE if field.device else field.name]


def sign_next(pdf: bytes, composition: Composition) -> bytes:
    """The file with one signature more, by whoever is next."""
    name = documents.next_field(pdf)
    number, field = next((n, f) for n, f in enumerate(composition.fields) if f.field == name)
    return documents.sign(
        pdf,
        field.field,
        signer_for(field),
        at=examples.AT + timedelta(minutes=number),
        name=field.name,
        role=field.title,
        statement=field.statement or "I agree.",
        ink=INK if field.device else None,
    )


OWN = frozenset({"plan", "simple", "card", "phased", "service_card", "access", "blank"})
"""Papers that are the participant's own: they are made in every format, all others in standard and large print."""


def styles(kind: str) -> tuple[PaperStyle, ...]:
    """In which styles a kind of paper is made."""
    return tuple(PaperStyle) if kind in OWN else (PaperStyle.STANDARD, PaperStyle.LARGE)


EVERY = [(kind, style) for kind in sorted(examples.ALL) for style in styles(kind)]


@cache
def stages(kind: str, style: PaperStyle = PaperStyle.STANDARD, rehearsal: bool = False) -> tuple[bytes, ...]:
    """Unsigned, and after each signature."""
    composition = examples.ALL[kind]
    made = [documents.render(composition, style, rehearsal=rehearsal)]
    for _ in composition.fields:
        made.append(sign_next(made[-1], composition))
    return tuple(made)


@cache
def translated(language: str) -> tuple[bytes, ...]:
    """The participant's plan in the language of a translation pack: unsigned, and signed by everybody."""
    composition = compose.participant_plan(examples.PLAN, shared(language))
    before = made = documents.render(composition)
    for _ in composition.fields:
        made = sign_next(made, composition)
    return before, made


def complete(kind: str = "plan") -> bytes:
    """A paper that everybody has signed."""
    return stages(kind)[-1]


KEYED = replace(
    examples.PLAN,
    signatories=tuple(
        replace(
            person,
            key=documents.key_print(
                SIGNERS[DEVICE if person.role is SignatoryRole.PARTICIPANT else person.name].certificate
            ),
        )
        for person in examples.PLAN.signatories
    ),
)
"""The plan with each signer's key settled before the first signature."""
