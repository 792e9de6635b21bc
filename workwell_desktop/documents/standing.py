"""Whether a signature that holds still counts: a certificate that was taken back or has run out since, and what shows
that the signature is older.

A timestamp or the register shows it. What a signature says of its own time shows nothing: whoever stole a key can write
any day into it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509

from workwell_desktop.documents import long_term, revoked
from workwell_desktop.documents.cms_check import Signer
from workwell_desktop.documents.kinds import FullRegister, ProvingRegister, Register
from workwell_desktop.documents.words import Words

_CLOCKS = timedelta(minutes=10)
"""A clock that is further off than this is wrong."""


@dataclass(frozen=True, slots=True)
class Stands:
    """``code`` is empty for a signature that counts; ``day`` belongs to it. ``note`` is a sentence."""

    code: str = ""
    day: str = ""
    level: str = "B-B"
    note: str = ""
    proven: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """One file, and what is known beside it."""

    pdf: bytes
    content: str
    trust: Sequence[bytes]
    register: Register | None
    stamps: Sequence[long_term.Stamped]
    brought: long_term.Brought
    crls: Sequence[bytes]
    now: datetime | None
    words: Words

    def of(self, signer: Signer, end: int, when: datetime) -> Stands:
        """The standing of a signature that covers the file up to ``end`` and says that it was made at ``when``."""
        if not signer.low and not self._kept_so(end):
            return Stands("rewritten")
        back, lost = revoked.since(signer.certificate, self._revoked)
        over = x509.load_der_x509_certificate(signer.certificate).not_valid_after_utc
        ended = self.now is not None and over < self.now
        proven = self._proven(end, look=back is not None or ended)
        if back is not None and proven is None and self.register is None and not lost and when < back:
            # the key of somebody who left was in no other hands: where no register can be asked, the day that the
            # signature itself gives is said for what it is
            note = self.words("verify.note_left", day=self.words.day(back.date(), year=True))
            return Stands(level=long_term.level(signer.certificate, self.stamps, self.brought, self.trust), note=note)
        if back is not None and (proven is None or proven >= back):
            return Stands("revoked", self.words.day(back.date(), year=True), proven=proven)
        level = long_term.level(signer.certificate, self.stamps, self.brought, self.trust)
        return Stands(level=level, note=self._note(back, over if ended else None, proven, when), proven=proven)

    def _note(self, back: datetime | None, over: datetime | None, proven: datetime | None, when: datetime) -> str:
        stamped = min((one.time for one in self.stamps if one.trusted), default=None)
        if stamped is not None and stamped < when - _CLOCKS:
            return self.words("verify.note_clock")
        if back is not None:
            return self.words("verify.note_taken_back", day=self.words.day(back.date(), year=True))
        if over is not None:
            held = proven is not None and proven <= over
            return self.words("verify.note_while_valid" if held else "verify.note_by_itself")
        if self.now is not None and when > self.now + _CLOCKS:
            return self.words("verify.note_ahead")
        if self.stamps and stamped is None:
            return self.words("verify.note_stranger")
        return ""

    @cached_property
    def _revoked(self) -> list[revoked.Revoked]:
        lists = (*self.crls, *self.brought.crls)
        found = revoked.rows(lists, self.trust)
        if isinstance(self.register, ProvingRegister):
            found += [revoked.Revoked(*one) for one in self.register.revoked()]
        return found

    def _proven(self, end: int, *, look: bool) -> datetime | None:
        """The earliest moment at which somebody else than the signer shows that the signature was there."""
        moments = [one.time for one in self.stamps if one.trusted]
        if look and isinstance(self.register, ProvingRegister):
            kept = self.register.kept_since(self.content, self.pdf[:end])
            moments += [kept] if kept is not None else []
        return min(moments, default=None)

    def _kept_so(self, end: int) -> bool:
        """Whether the register keeps these very bytes. Of the two signatures that fit, anybody can make the second from
        the first; papers from before the first alone was written are known by the register that has kept them."""
        if not isinstance(self.register, FullRegister):
            return False
        return any(one.startswith(self.pdf[:end]) for one in self.register.files(self.content))
