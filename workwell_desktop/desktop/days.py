"""Days and times as pages show them and take them; the rules are the domain's."""

from workwell_desktop.domain.dates import age, clock_words, date_words, long_day, moment_words, parse_day, short_day
from workwell_desktop.domain.nhs_number import shown as nhs_words

__all__ = ["age", "clock_words", "date_words", "long_day", "moment_words", "nhs_words", "parse_day", "short_day"]
