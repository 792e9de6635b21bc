"""Every error that a person can meet, drawn as one tree.

    WorkWellError                      exit code 2
    ├── BadInput                       2   what was given cannot be used
    │   ├── NotFound                   2   no such record
    │   │   └── NotHereYet             2   a paper or form that has not come to this computer
    │   ├── FieldsInvalid              2   fields of a page that need another look
    │   ├── FormRefused                2   a questionnaire that cannot be trusted to run
    │   ├── UnknownForm                2   no such questionnaire in the library
    │   ├── CaseFileInvalid            2   a case file with a wrong part
    │   ├── SiteInvalid                2   a site pack with a wrong line
    │   └── MissingGlyph               2   no bundled font has a letter
    ├── Refused                        3   may not be done now, or not by this person
    │   ├── NoPermission               3
    │   │   └── PersonLeft             3   who works here no more
    │   ├── WrongPassphrase            3
    │   │   └── TooSoon                3   after wrong tries; this one was not looked at
    │   ├── StoreInUse                 3
    │   ├── Locked                     3   signed or locked; dated addenda only
    │   ├── NotApproved                3   the participant has not seen and agreed
    │   └── SigningRefused             3   a signature in a wrong place, or by a wrong person
    ├── StoreTrouble                   2
    │   ├── StoreNotFound              2
    │   ├── NotAStore                  2
    │   │   ├── UnfinishedStore        2   nobody finished making it
    │   │   └── NotABackup             2
    │   ├── DamagedStore               1
    │   │   ├── DamagedBackup          1
    │   │   └── OtherKeys              1
    │   ├── NewerStore                 2
    │   ├── DiskFull                   2
    │   └── ReadOnlyFolder             2
    ├── HubTrouble                     2   the partnership's database; what was written stays on the laptop
    │   ├── HubUnreachable             2
    │   ├── HubRefused                 3   no login, or one that was revoked
    │   │   ├── CodeRefused            3   a one-time code that was used, is too old, or never was one
    │   │   ├── HubOfficeRefused       3   an administrator's own login there
    │   │   └── ComputerLost           3   and everything about people has gone from here
    │   ├── HubTooNew                  2   it asks for a newer program
    │   ├── HubIncompatible            2   its tables are of another version
    │   ├── HubFull                    2
    │   ├── HubReadOnly                2   a standby
    │   ├── HubCertificate             2   not the server that it should be
    │   │   └── HubExpired             2   its certificate ran out, or is not good yet
    │   ├── HubProxy                   2   a firewall or proxy that says no
    │   ├── HubPortal                  2   a page of the network instead of the hub
    │   ├── HubNotSet                  2   this computer is enrolled at no hub
    │   ├── HubPlain                   2   no encryption on the way
    │   ├── HubStopped                 2   ended or overloaded just now
    │   ├── HubNotAdministrator        3
    │   ├── HubOfAnother               2   another partnership's
    │   └── HubServerOld               2   a PostgreSQL before 15
    └── DocumentTrouble                1   a paper that could not be made, signed or read

An error carries a code and parameters, never a sentence and never health data: the sentence is the catalogue's entry
``errors.<code>``, so that a log or a diagnostic file that holds an error holds nothing about anybody.
"""

from typing import ClassVar


class WorkWellError(Exception):
    """The root; ``code`` names the sentence, ``params`` fill its places."""

    code: ClassVar[str] = "unexpected"
    exit_code: ClassVar[int] = 2

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params = params


class BadInput(WorkWellError):
    """What was given cannot be used; ``reason`` names an entry ``errors.reason.<reason>`` that says why."""

    code = "bad_input"

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(**params)
        self.reason = reason


class NotFound(BadInput):
    code = "not_found"

    def __init__(self, kind: str) -> None:
        super().__init__("not_found", kind=kind)


class NotHereYet(NotFound):
    """The bytes of a paper, scan or form that is named here and has not come to this computer yet."""

    code = "not_here_yet"

    def __init__(self) -> None:
        super().__init__("blob")


class FieldsInvalid(BadInput):
    """``problems`` are pairs of a field's name and a reason, for the page to say at the field.

    The sentence at a field is ``errors.field.<reason>``.
    """

    code = "fields_invalid"

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__("fields_invalid", count=len(problems))
        self.problems = problems


class FormRefused(BadInput):
    """``problems`` holds the Problem rows of ``forms.check_form``."""

    code = "form_refused"

    def __init__(self, problems: tuple[object, ...], **params: object) -> None:
        super().__init__("form_refused", **params)
        self.problems = problems


class UnknownForm(BadInput):
    code = "unknown_form"

    def __init__(self, url: str) -> None:
        super().__init__("unknown_form", url=url)


_BEARABLE = 120
"""Letters of a foreign word that a sentence can bear: a file may have names of any length."""


def in_a_line(word: str) -> str:
    """A word out of somebody's file as it can stand inside a sentence: on one line, and of a bearable length."""
    return "".join(letter if letter.isprintable() else "?" for letter in word[:_BEARABLE])


class CaseFileInvalid(BadInput):
    """``where`` is the place in the file, such as ``session.actions[0].due``."""

    code = "case_file_invalid"

    def __init__(self, where: str, problem: str) -> None:
        super().__init__("case_file_invalid", where=in_a_line(where), problem=problem)


class SiteInvalid(BadInput):
    """``problems`` holds the rows that ``check-site`` prints."""

    code = "site_invalid"

    def __init__(self, problems: tuple[object, ...], **params: object) -> None:
        super().__init__("site_invalid", **params)
        self.problems = problems


class MissingGlyph(BadInput):
    """``letter`` is the code point as U+XXXX with its Unicode name: the text around it may be somebody's health."""

    code = "missing_glyph"

    def __init__(self, letter: str) -> None:
        super().__init__("missing_glyph", letter=letter)

    @property
    def point(self) -> str:
        """The letter itself."""
        return chr(int(str(self.params["letter"]).split()[0].removeprefix("U+"), 16))


class Refused(WorkWellError):
    code = "refused"
    exit_code = 3


class NoPermission(Refused):
    """``role`` and ``act`` are codes of the site pack."""

    code = "no_permission"


class PersonLeft(NoPermission):
    """An administrator said that whoever acts works here no more."""

    code = "person_left"


class WrongPassphrase(Refused):
    """``wait`` is the number of seconds before the next try counts."""

    code = "wrong_passphrase"


class TooSoon(WrongPassphrase):
    """A try within the wait after wrong ones: whether it was right is not said."""

    code = "too_soon"


class StoreInUse(Refused):
    code = "store_in_use"


class Locked(Refused):
    code = "locked"


class NotApproved(Refused):
    code = "not_approved"


class SigningRefused(Refused):
    """``reason`` names an entry ``errors.reason.<reason>``: a wrong field, order, person, key or certificate."""

    code = "signing_refused"

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(**params)
        self.reason = reason


class StoreTrouble(WorkWellError):
    code = "store_trouble"


class StoreNotFound(StoreTrouble):
    code = "store_not_found"


class NotAStore(StoreTrouble):
    code = "not_a_store"


class UnfinishedStore(NotAStore):
    """Whoever was making it is still at it, or was cut short; it holds nobody's work."""

    code = "unfinished_store"


class NotABackup(NotAStore):
    """A file of another kind was given where a backup was asked for."""

    code = "not_a_backup"


class DamagedStore(StoreTrouble):
    code = "damaged_store"
    exit_code = 1


class DamagedBackup(DamagedStore):
    """A backup of which a byte was lost or changed; nothing of it is taken."""

    code = "damaged_backup"


class OtherKeys(DamagedStore):
    """Not one page of the file opens with the keys beside it."""

    code = "other_keys"


class NewerStore(StoreTrouble):
    code = "newer_store"


class DiskFull(StoreTrouble):
    code = "disk_full"


class ReadOnlyFolder(StoreTrouble):
    code = "read_only_folder"


class HubTrouble(WorkWellError):
    """The partnership's hub could not do it now; nothing that was written on the laptop is touched by that."""

    code = "hub_trouble"


class HubUnreachable(HubTrouble):
    code = "hub_unreachable"


class HubRefused(HubTrouble):
    code = "hub_refused"
    exit_code = 3


class CodeRefused(HubRefused):
    """A one-time code that was used, is too old, or never was one."""

    code = "hub_code_refused"


class HubOfficeRefused(HubRefused):
    """The login with which somebody looks after the hub; ``login`` is its name."""

    code = "hub_office_refused"


class ComputerLost(HubRefused):
    """An administrator said that this computer was lost, and everything about people has gone from it."""

    code = "computer_lost"


class HubTooNew(HubTrouble):
    """``least`` is the least version of the program that may sync."""

    code = "hub_too_new"


class HubIncompatible(HubTrouble):
    code = "hub_incompatible"


class HubFull(HubTrouble):
    code = "hub_full"


class HubReadOnly(HubTrouble):
    code = "hub_read_only"


class HubCertificate(HubTrouble):
    code = "hub_certificate"


class HubExpired(HubCertificate):
    code = "hub_expired"


class HubProxy(HubTrouble):
    """``status`` is what it answered, such as 403."""

    code = "hub_proxy"


class HubPortal(HubTrouble):
    code = "hub_portal"


class HubNotSet(HubTrouble):
    code = "hub_not_set"


class HubPlain(HubTrouble):
    code = "hub_plain"


class HubStopped(HubTrouble):
    """``state`` is the SQLSTATE, for the diagnostic file."""

    code = "hub_stopped"


class HubNotAdministrator(HubTrouble):
    code = "hub_not_administrator"
    exit_code = 3


class HubOfAnother(HubTrouble):
    code = "hub_of_another"


class HubServerOld(HubTrouble):
    """``found`` is the version that is there."""

    code = "hub_server_old"


class DocumentTrouble(WorkWellError):
    code = "document_trouble"
    exit_code = 1
