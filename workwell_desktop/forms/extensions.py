"""The extensions that a questionnaire may carry, and whether each is used, ignored or a reason to refuse."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

FHIR = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-"

CALCULATED = SDC + "questionnaire-calculatedExpression"
ENABLE_WHEN = SDC + "questionnaire-enableWhenExpression"
INITIAL = SDC + "questionnaire-initialExpression"
ANSWERS = SDC + "questionnaire-answerExpression"
TOGGLE = SDC + "questionnaire-answerOptionsToggleExpression"
CANDIDATES = SDC + "questionnaire-candidateExpression"
POPULATION = SDC + "questionnaire-itemPopulationContext"
LAUNCH = SDC + "questionnaire-launchContext"
VARIABLE = FHIR + "variable"
SUB = SDC + "questionnaire-subQuestionnaire"
ASSEMBLE_CONTEXT = SDC + "questionnaire-assembleContext"
ASSEMBLED_FROM = SDC + "questionnaire-assembledFrom"
TEMPLATE = SDC + "questionnaire-templateExtract"
TEMPLATE_BUNDLE = SDC + "questionnaire-templateExtractBundle"
ALLOCATE = SDC + "questionnaire-extractAllocateId"
EXPECTATION = SDC + "questionnaire-assemble-expectation"
CQF = FHIR + "cqf-expression"
CQF_CALCULATED = FHIR + "cqf-calculatedValue"
FROM_ROOT = {
    "http://phr.kanta.fi/StructureDefinition/fiphr-ext-questionnaire-enablewhen": ENABLE_WHEN,
    "http://ehelse.no/fhir/StructureDefinition/sdf-calculatedExpression": CALCULATED,
}
"""Two national extensions that steer: FHIRPath as plain text, from the whole response; and what each is equal to."""
CONSTRAINTS = (FHIR + "targetConstraint", FHIR + "questionnaire-constraint")

STEERING = {
    url.rpartition("/")[2].removeprefix("sdc-").removeprefix("questionnaire-"): url
    for url in (CALCULATED, ENABLE_WHEN, INITIAL, ANSWERS, TOGGLE, CANDIDATES, LAUNCH, VARIABLE, CONSTRAINTS[0])
}
"""What gates, scores or offers, by its bare name: HL7 has had some of it at other addresses before."""

REFUSED: dict[str, str] = {
    SDC + "questionnaire-questionnaireAdaptive": "adaptive",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-questionnaireAdaptive": "adaptive",
    CANDIDATES: "candidateExpression",
    SDC + "questionnaire-targetStructureMap": "targetStructureMap",
    SDC + "questionnaire-sourceStructureMap": "sourceStructureMap",
}
"""Each brings in questions, answers or meaning from elsewhere, and cannot be run here: problem code by url."""

UNUSED: dict[str, str] = {
    POPULATION: "itemPopulationContext",
    SDC + "questionnaire-sourceQueries": "sourceQueries",
    SDC + "questionnaire-itemExtractionContext": "itemExtractionContext",
    SDC + "questionnaire-definitionExtract": "definitionExtract",
    SDC + "questionnaire-definitionExtractValue": "definitionExtract",
    SDC + "questionnaire-lookupQuestionnaire": "lookupQuestionnaire",
}
"""Each only brings data in before or takes data out after, and is not used: a warning."""


QUIET = re.compile(
    r"(artifact|cpg|crmi|cqf|structuredefinition|structure|valueset|codesystem|elementdefinition|rendering|iso21090)-.*"
    r"|entryFormat|regex|maxDecimalPlaces|mimeType|maxSize|(min|max)(Value|Length|Quantity|Occurs)|itemControl|itemWeight"
    r"|choiceOrientation|displayCategory|supportLink|hidden|unit(Option|ValueSet|Open|SupplementalSystem)?|shortText"
    r"|sliderStepValue|option(Exclusive|Prefix)|openLabel|collapsible|signatureRequired|observationExtract|constraint"
    r"|ordinalValue|assembledFrom|assembleContext|assemble-expectation|translation|fhirType|data-absent-reason"
    r"|baseType|wg|standards-status|derivationType|referenceResource|referenceProfile|columnCount|width|keyboard"
    r"|.*author|referencesContained|templateExtract.*|extractAllocateId|(calculated|enableWhen|initial|answer|candidate|answerOptionsToggle)Expression|variable|targetConstraint"
    r"|subQuestionnaire|launchContext|.*disabledDisplay|preferredTerminologyServer|binding-parameter|replaces|designNote"
)
"""Extensions of HL7, by their bare names, that are used, or that change neither a question nor how it is asked."""


def bare(url: str) -> str:
    """The name of an extension without what it stands among."""
    return url.rpartition("/")[2].removeprefix("sdc-").removeprefix("questionnaire-")


def steers_elsewhere(url: str) -> bool:
    """Whether an address that is not ours names something that steers, so that it cannot be passed over."""
    named = re.split(r"[-_./]", url.rstrip("/"))[-1].casefold()
    ours = url in FROM_ROOT or url in STEERING.values() or url in CONSTRAINTS
    return not ours and named in _STEERING_WORDS


_STEERING_WORDS = frozenset(name.casefold() for name in STEERING if name.endswith("Expression"))


def extensions(element: Any) -> Iterator[Mapping[str, Any]]:
    """The well-formed extensions of an element."""
    found = element.get("extension") if isinstance(element, dict) else None
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and isinstance(one.get("url"), str):
            yield one


def every(element: Any, *urls: str) -> list[Any]:
    """The values of all extensions of the given urls, in order."""
    return [value(one) for one in extensions(element) if one["url"] in urls]


def first(element: Any, *urls: str) -> Any:
    """The value of the first such extension, or None."""
    for one in extensions(element):
        if one["url"] in urls:
            return value(one)
    return None


def value(extension: Mapping[str, Any]) -> Any:
    """``value[x]`` of an extension, whatever its type."""
    for key in extension:
        if key.startswith("value"):
            return extension[key]
    return None


def typed(extension: Mapping[str, Any]) -> tuple[str, Any] | None:
    """The type suffix and the value of an extension, such as ``("Integer", 4)``."""
    for key in extension:
        if key.startswith("value"):
            return key.removeprefix("value"), extension[key]
    return None


def translated(element: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """``_name`` beside a primitive: where its extensions are."""
    found = element.get(f"_{name}")
    return found if isinstance(found, dict) else {}


def codes(concept: Any) -> list[str]:
    """The codes of a CodeableConcept or Coding."""
    if not isinstance(concept, dict):
        return []
    found = concept.get("coding") if isinstance(concept.get("coding"), list) else [concept]
    return [one["code"] for one in found or () if isinstance(one, dict) and isinstance(one.get("code"), str)]
