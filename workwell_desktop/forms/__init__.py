"""FHIR R4 questionnaires: read once into an immutable form, run many times.

form = compile_form(source)                 # FormRefused, with problems, where it cannot be trusted to run
run = Run(form, now=clock.now())            # initial values apply; answers={…} continues one
notice = run.answer("/44250-9", value)      # one answer, one notice of the rows that changed
run.rows(0), run.scores(), run.issues(), run.response("completed")
"""

from workwell_desktop.forms.compile import CheckReport, check_form, compile_form
from workwell_desktop.forms.model import (
    Form,
    Issue,
    Item,
    Limits,
    Link,
    Notice,
    Option,
    Page,
    Path,
    Problem,
    Row,
    Score,
)
from workwell_desktop.forms.run import Repeat, Run

__all__ = [
    "CheckReport",
    "Form",
    "Issue",
    "Item",
    "Limits",
    "Link",
    "Notice",
    "Option",
    "Page",
    "Path",
    "Problem",
    "Repeat",
    "Row",
    "Run",
    "Score",
    "check_form",
    "compile_form",
]
