"""The little of FHIR's R4 schema that FHIRPath needs: which type an element has where JSON alone cannot tell."""

PRIMITIVES = frozenset(
    (
        "base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string "
        "time unsignedInt uri url uuid xhtml"
    ).split()
)
COMPLEX = frozenset(
    (
        "Address Age Annotation Attachment BackboneElement CodeableConcept Coding ContactDetail ContactPoint Count "
        "DataRequirement Distance Dosage Duration Element Expression Extension HumanName Identifier Meta Money "
        "Narrative Period Quantity Range Ratio Reference RelatedArtifact SampledData Signature SimpleQuantity Timing "
        "TriggerDefinition UsageContext ParameterDefinition Contributor ElementDefinition"
    ).split()
)
RESOURCES = frozenset(
    (
        "Appointment Bundle CodeSystem Condition Encounter ExplanationOfBenefit Library Location Medication "
        "MedicationRequest Observation Organization Parameters Patient Practitioner PractitionerRole Procedure "
        "Questionnaire QuestionnaireResponse RelatedPerson ValueSet CareTeam Device AllergyIntolerance Immunization "
        "ServiceRequest StructureMap OperationOutcome Resource DomainResource Goal CarePlan Task DiagnosticReport"
    ).split()
)
SYSTEM = frozenset("Boolean String Integer Decimal Date DateTime Time Quantity Any Long".split())
PARENTS: dict[str, str] = {
    "code": "string",
    "id": "string",
    "markdown": "string",
    "canonical": "uri",
    "oid": "uri",
    "url": "uri",
    "uuid": "uri",
    "positiveInt": "integer",
    "unsignedInt": "integer",
    "Age": "Quantity",
    "Count": "Quantity",
    "Distance": "Quantity",
    "Duration": "Quantity",
    "Money": "Quantity",
    "SimpleQuantity": "Quantity",
    "BackboneElement": "Element",
    "DomainResource": "Resource",
    "Bundle": "Resource",
    "Parameters": "Resource",
    "Binary": "Resource",
}
CHOICES: dict[str, str] = {name[0].upper() + name[1:]: name for name in PRIMITIVES | COMPLEX}

ELEMENTS: dict[str, frozenset[str]] = {
    name: frozenset(("id", "extension", *parts.split()))
    for name, parts in {
        "HumanName": "use text family given prefix suffix period",
        "Address": "use type text line city district state postalCode country period",
        "ContactPoint": "system value use rank period",
        "Coding": "system version code display userSelected",
        "CodeableConcept": "coding text",
        "Period": "start end",
        "Quantity": "value comparator unit system code",
        "Reference": "reference type identifier display",
        "Identifier": "use type system value period assigner",
    }.items()
}
"""All elements of the data types that answers and people are made of: any other name is a mistake in an expression."""

_BY_NAME: dict[str, str] = {
    "birthDate": "date",
    "authored": "dateTime",
    "authoredOn": "dateTime",
    "date": "dateTime",
    "recordedDate": "dateTime",
    "issued": "instant",
    "lastUpdated": "instant",
    "id": "id",
    "linkId": "string",
    "text": "string",
    "status": "code",
    "gender": "code",
    "use": "code",
    "language": "code",
    "url": "uri",
    "system": "uri",
    "valueSet": "canonical",
    "answerValueSet": "canonical",
    "derivedFrom": "canonical",
    "instantiatesCanonical": "canonical",
    "questionnaire": "canonical",
    "name": "string",
    "identifier": "Identifier",
    "coding": "Coding",
    "meta": "Meta",
    "extension": "Extension",
    "modifierExtension": "Extension",
    "period": "Period",
    "address": "Address",
    "telecom": "ContactPoint",
    "subject": "Reference",
    "managingOrganization": "Reference",
    "author": "Reference",
    "source": "Reference",
    "encounter": "Reference",
    "maritalStatus": "CodeableConcept",
    "category": "CodeableConcept",
    "interpretation": "CodeableConcept",
    "relationship": "CodeableConcept",
    "contained": "Resource",
    "photo": "Attachment",
    "active": "boolean",
    "enableBehavior": "code",
    "multipleBirthBoolean": "boolean",
}
_BY_PARENT: dict[tuple[str, str], str] = {
    ("Patient", "name"): "HumanName",
    ("Practitioner", "name"): "HumanName",
    ("RelatedPerson", "name"): "HumanName",
    ("Patient", "contact"): "BackboneElement",
    ("ContactPoint", "rank"): "positiveInt",
    ("ContactPoint", "system"): "code",
    ("Coding", "code"): "code",
    ("Coding", "system"): "uri",
    ("Quantity", "code"): "code",
    ("Quantity", "value"): "decimal",
    ("Observation", "code"): "CodeableConcept",
    ("Condition", "code"): "CodeableConcept",
    ("Narrative", "div"): "xhtml",
    ("Narrative", "status"): "code",
    ("Questionnaire", "date"): "dateTime",
    ("Questionnaire", "code"): "Coding",
    ("Attachment", "contentType"): "code",
    ("Attachment", "url"): "url",
    ("Patient", "text"): "Narrative",
    ("Questionnaire", "text"): "Narrative",
    ("Observation", "text"): "Narrative",
    ("QuestionnaireResponse", "text"): "Narrative",
    ("ValueSet", "text"): "Narrative",
    ("CodeSystem", "text"): "Narrative",
    ("ValueSet", "identifier"): "Identifier",
    ("Period", "start"): "dateTime",
    ("Period", "end"): "dateTime",
    ("Signature", "who"): "Reference",
    ("Parameters", "parameter"): "BackboneElement",
    ("Expression", "name"): "id",
    ("Extension", "url"): "uri",
}


def child_type(parent: str, name: str) -> str:
    """The FHIR type of an element, or ``?`` where only its value can say."""
    known = _BY_PARENT.get((parent, name))
    if known is None and name in ("type", "value"):
        return "?"
    return known or _BY_NAME.get(name, "?")


def is_a(actual: str, wanted: str) -> bool:
    """Whether one FHIR type is another or descends from it."""
    name: str | None = actual
    while name is not None:
        if name == wanted:
            return True
        default = "DomainResource" if name in RESOURCES and name not in ("Resource", "DomainResource") else None
        name = PARENTS.get(name, default)
    return wanted == "Element" and (actual in PRIMITIVES or actual in COMPLEX)
