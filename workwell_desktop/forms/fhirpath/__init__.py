"""A bounded FHIRPath, compiled to closures. What it supports is ``SUPPORTED`` and ``operators.BINARY``;
everything else is refused when a form is read, never when it runs."""

from workwell_desktop.forms.fhirpath.compiler import SUPPORTED, compile_tree, evaluate
from workwell_desktop.forms.fhirpath.errors import EvaluationError, PathError
from workwell_desktop.forms.fhirpath.parser import parse
from workwell_desktop.forms.fhirpath.registry import FUNCTIONS

__all__ = ["FUNCTIONS", "SUPPORTED", "EvaluationError", "PathError", "compile_tree", "evaluate", "parse"]
