"""Everything that a person can do, so that a site pack can say who may.

A service names its act before it does anything else; the table itself (role × act × kind of record) is data of the
site pack, in ``roles.<role>.may``: ``"act"`` for every kind of record, ``"act:kind"`` for one.
"""

from enum import StrEnum


class Act(StrEnum):
    """One act; the value is the word that a site pack uses."""

    # finding and reading
    SEARCH = "search"
    READ = "read"
    READ_SCORES = "read_scores"
    READ_AUDIT = "read_audit"

    # people and how they come in
    CREATE_PARTICIPANT = "create_participant"
    EDIT_PARTICIPANT = "edit_participant"
    CREATE_REFERRAL = "create_referral"
    EDIT_EPISODE = "edit_episode"
    CLOSE_EPISODE = "close_episode"
    RECORD_AGREEMENT = "record_agreement"
    RECORD_WORK = "record_work"
    RECORD_CONTACT = "record_contact"
    SCREEN_RED_FLAGS = "screen_red_flags"
    """Of a registered clinician alone, whatever the role."""
    RECORD_SAFEGUARDING = "record_safeguarding"
    RECORD_CAPACITY = "record_capacity"
    RECORD_EQUALITY = "record_equality"
    BREAK_GLASS = "break_glass"
    """Opens a restricted kind once, for a reason that somebody responsible looks at. Kinds have to be named."""

    # assessing
    ASSESS = "assess"
    AMEND_ASSESSMENT = "amend_assessment"
    HANDLE_RISK = "handle_risk"

    # sessions
    PREPARE_SESSION = "prepare_session"
    RUN_SESSION = "run_session"
    RECORD_CONTRIBUTION = "record_contribution"
    RECORD_DECISION = "record_decision"
    LOCK_SESSION = "lock_session"
    RECORD_TOLD = "record_told"
    ADD_ADDENDUM = "add_addendum"

    # plans and papers
    EDIT_PLAN = "edit_plan"
    SIGN_AS_COACH = "sign_as_coach"
    SIGN_AS_CLINICIAN = "sign_as_clinician"
    SIGN_AS_CHAIR = "sign_as_chair"
    TAKE_SIGNATURE = "take_signature"
    """Hands the participant the pen: ink, or declined with a reason."""
    MAKE_PAPERS = "make_papers"
    APPROVE_PAPERS = "approve_papers"
    """Records that the participant saw one content for one recipient and agreed or refused."""
    RELEASE_PAPERS = "release_papers"
    DISCLOSE = "disclose"
    """Gives without agreement: serious harm, safeguarding, court or law."""
    PRINT = "print"

    # moving things in and out
    EXPORT = "export"
    IMPORT_CASE = "import_case"
    REPORT = "report"
    SETTLE_CONFLICT = "settle_conflict"
    SYNC = "sync"

    # keeping the place in order
    IMPORT_FORM = "import_form"
    MANAGE_FORMS = "manage_forms"
    MANAGE_SERVICES = "manage_services"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_TEAMS = "manage_teams"
    MANAGE_SITE = "manage_site"
    EDIT_OWN_SETTINGS = "edit_own_settings"
    BACKUP = "backup"
    RESTORE = "restore"
    VERIFY_STORE = "verify_store"
    ERASE = "erase"
    """Looks at what is due by the rules of retention, keeps it longer, and agrees to an erasure; only an administrator
    carries one out."""
