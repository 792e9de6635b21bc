"""FHIR R4 questionnaires: read once into an immutable form, run many times.

form = compile_form(source)                 # FormRefused, with problems, where it cannot be trusted to run
run = Run(form, now=clock.now())            # initial values apply; answers={…} continues one
notice = run.answer("/44250-9", value)      # one answer, one notice of the rows that changed
run.rows(0), run.scores(), run.issues(), run.response("completed")
"""

from workwell_desktop.forms.assembly import assembled
from workwell_desktop.forms.compile import CheckReport, check_form, compile_form
from workwell_desktop.forms.fill import check, fill, plain
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
from workwell_desktop.forms.paths import around, link_id_of, split_path
from workwell_desktop.forms.read import Reading, read_response
from workwell_desktop.forms.run import Repeat, Run
from workwell_desktop.forms.source import NotJson, load

__all__ = [
    "CheckReport",
    "Form",
    "Issue",
    "Item",
    "Limits",
    "Link",
    "NotJson",
    "Notice",
    "Option",
    "Page",
    "Path",
    "Problem",
    "Reading",
    "Repeat",
    "Row",
    "Run",
    "Score",
    "around",
    "assembled",
    "check",
    "check_form",
    "compile_form",
    "fill",
    "link_id_of",
    "load",
    "plain",
    "read_response",
    "split_path",
]
