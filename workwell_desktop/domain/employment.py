"""What a job is like: the bands and lists that a work situation is told in."""

from enum import StrEnum


class EmployerSize(StrEnum):
    """People who work for the employer, in the bands of the national business statistics."""

    MICRO = "micro"
    """1 to 9."""
    SMALL = "small"
    """10 to 49."""
    MEDIUM = "medium"
    """50 to 249."""
    LARGE = "large"
    """250 or more."""
    UNKNOWN = "unknown"


class Contract(StrEnum):
    """On what terms somebody works."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    AGENCY = "agency"
    ZERO_HOURS = "zero_hours"
    SELF_EMPLOYED = "self_employed"
    APPRENTICE = "apprentice"
    OTHER = "other"


class Sector(StrEnum):
    """What the employer does, in plain words; the sections of the Standard Industrial Classification drawn together."""

    FARMING = "farming"
    MAKING = "making"
    BUILDING = "building"
    SHOPS = "shops"
    TRANSPORT = "transport"
    FOOD_AND_HOTELS = "food_and_hotels"
    OFFICE = "office"
    DIGITAL = "digital"
    FINANCE = "finance"
    PUBLIC_SERVICE = "public_service"
    EDUCATION = "education"
    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    ARTS = "arts"
    SECURITY_AND_CLEANING = "security_and_cleaning"
    OTHER = "other"
