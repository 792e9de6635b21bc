"""Words that have no place in what an employer is told: a diagnosis, a score, a line of risk, another agency.

The employer's copy says what somebody can do and finds hard at work. Most of it is composed from fields that can hold
nothing else; the rest is free text, and this is the last look at it before a person agrees to it. It finds what is
plain to see; a person still reads the whole paper.
"""

import re

_PLAIN = (
    # scores and the names of measures
    r"(?:phq|gad|audit|whodas|wsas|eq|msk|ons|icf)[- ]?(?:c|hq|\d+d?)\b",
    r"\d{1,2} (?:of|out of|/) (?:21|27|40|63)\b",
    r"score[sd]?\b",
    # risk
    r"suicid\w*",
    r"self[- ]?harm\w*",
    r"overdos\w*",
    r"better off dead",
    # diagnoses that plans for work and health meet most
    r"depressi\w+|low mood|anxiety|panic (?:attacks?|disorder)|bipolar|schizo\w+|psycho(?:sis|tic)|ptsd|ocd|adhd",
    r"autis\w+|dyslexi\w+|dementia|epilep\w+|migraine\w*|fibromyalgia|sciatica|lumbago|arthriti\w+|sclerosis",
    r"cancer|tumour|diabet\w+|asthma|copd|angina|stroke|hiv|hepatitis|crohn\w*|colitis|endometriosis|menopaus\w+",
    r"alcoholi\w+|addict\w+|long covid|chronic fatigue|burnout|slipped disc|diagnos\w+",
    # other agencies
    r"job ?cent(?:re|er)\w*|universal credit|dwp|talking therap\w+|citizens advice|social services|food bank|probation",
)
_FOUND = re.compile(r"\b(?:" + "|".join(_PLAIN) + r")", re.IGNORECASE)


def first_in(text: str | None) -> str | None:
    """The first such word of ``text`` as it is written there, or None."""
    found = _FOUND.search(text or "")
    return found.group(0) if found else None
