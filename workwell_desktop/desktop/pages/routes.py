"""Every page by the name of its route; a module is imported when its page is first gone to."""

_PAGES = "workwell_desktop.desktop.pages"

_TABLE = {
    "today": "today:TodayPage",
    "participants": "participants:ParticipantsPage",
    "referral": "referral:ReferralPage",
    "referrals": "referrals:ReferralsPage",
    "record": "record:RecordPage",
    "assessment": "assessment:AssessmentPage",
    "measures": "measures:MeasuresPage",
    "risk": "risk:RiskPage",
    "contact": "contact:ContactPage",
    "work": "work:WorkPage",
    "evidence": "evidence:EvidencePage",
    "attachments": "attachments:AttachmentsPage",
    "attachment": "attachment:AttachmentPage",
    "agreement": "agreement:AgreementPage",
    "obstacle": "obstacle:ObstaclePage",
    "details": "details:DetailsPage",
    "duties": "duties.page:DutiesPage",
    "ending": "ending:EndingPage",
    "handover": "handover:HandoverPage",
    "bring": "bring:BringPage",
    "sessions": "sessions:SessionsPage",
    "prepare": "prepare:PreparePage",
    "session": "session:SessionPage",
    "signoff": "signoff:SignOffPage",
    "attendance": "attendance:AttendancePage",
    "tell": "tell:TellPage",
    "papers": "papers:PapersPage",
    "paper": "paper:PaperPage",
    "plan": "plan:PlanPage",
    "conflict": "conflict:ConflictPage",
    "summary": "summary.page:SummaryPage",
    "library": "library.page:LibraryPage",
    "form": "library.form:FormPage",
    "form-import": "library.taking:TakeInPage",
    "form-try": "library.trying:TryPage",
    "settings": "settings.page:SettingsPage",
    "person": "settings.person:PersonPage",
    "site": "settings.site:SitePage",
    "events": "events:EventsPage",
    "help": "help:HelpPage",
    "keys": "keys:KeysPage",
    "diagnostics": "diagnostics:DiagnosticsPage",
    "about": "about:AboutPage",
}


def table() -> dict[str, str]:
    """Every route, as ``package.module:Class``."""
    return {route: f"{_PAGES}.{place}" for route, place in _TABLE.items()}
