"""Signatures under answers, where the form asks for them (FHIR ``questionnaire-signatureRequired``)."""

from datetime import datetime

from workwell_desktop.domain.plans import SignatureOutcome
from workwell_desktop.domain.records import Id, Record, Scope, record
from workwell_desktop.domain.values import BlobRef


@record("form_signature", Scope.PARTICIPANT)
class FormSignature(Record):
    """Somebody signed what a form holds, or did not and said why. A later one takes the place of an earlier one;
    the log keeps both.

    ``path`` is that of the item, None for the form as a whole; ``kind`` the code of the kind of signature, None where
    the form names none. ``content`` is the digest of the answers as they stood (``forms.signed.content``): what was
    corrected since is not signed.
    """

    response: Id | None = None
    path: str | None = None
    kind: str | None = None
    name: str | None = None
    outcome: SignatureOutcome | None = None
    reason: str | None = None
    ink: BlobRef | None = None
    content: str | None = None
    at: datetime | None = None
    taken_by: Id | None = None
