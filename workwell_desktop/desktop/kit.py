"""Everything that a page is made of, in one place to import from."""

from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.days import (
    age,
    clock_words,
    date_words,
    long_day,
    moment_words,
    nhs_words,
    parse_day,
    plain_clock,
    short_day,
    weekday,
)
from workwell_desktop.desktop.faults import fault_words
from workwell_desktop.desktop.operations import Change
from workwell_desktop.desktop.shell.context import Context, PageAct, Params
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.banner import Banner, BannerFacts, Initials, Need, Region
from workwell_desktop.desktop.widgets.buttons import (
    Button,
    chip,
    filled,
    only,
    outlined,
    quiet,
    risk_button,
    row_button,
)
from workwell_desktop.desktop.widgets.card import Card, Quote, SummaryList
from workwell_desktop.desktop.widgets.choices import Check, Checks, Choice, Option, Radio
from workwell_desktop.desktop.widgets.clock import ClockBoxes, Picture, ProgrammeClock
from workwell_desktop.desktop.widgets.dropdown import DropDown
from workwell_desktop.desktop.widgets.fields import DateField, LongText, NumberField, TextField
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.desktop.widgets.foot import Foot
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.ink import InkField, InkPoint, Stroke
from workwell_desktop.desktop.widgets.layouts import Clear, Columns, Fixed, Held, Scroll, column, row, rule
from workwell_desktop.desktop.widgets.lists import ListRow, RowFacts, RowList
from workwell_desktop.desktop.widgets.matrix import Matrix, Question
from workwell_desktop.desktop.widgets.measure import Measure, MeasureFacts, Point, Spark
from workwell_desktop.desktop.widgets.messages import Alert, Empty, ErrorSummary
from workwell_desktop.desktop.widgets.obstacles import ActionFacts, KindHead, Marker, ObstacleLine
from workwell_desktop.desktop.widgets.paper import PaperPreview, Sheet
from workwell_desktop.desktop.widgets.risk import RiskBar, RiskPanel
from workwell_desktop.desktop.widgets.ruler import Ruler
from workwell_desktop.desktop.widgets.steps import PartList, Step, Stepper
from workwell_desktop.desktop.widgets.table import Cell, Column, Table, TableRow
from workwell_desktop.desktop.widgets.tabs import Tabs
from workwell_desktop.desktop.widgets.tag import Tag
from workwell_desktop.desktop.widgets.timeline import Event, Timeline
from workwell_desktop.desktop.widgets.timer import SessionTimer
from workwell_desktop.desktop.widgets.weeks import WeekFacts, WeeksPicture
from workwell_desktop.desktop.widgets.words import Heading, IconMark, Words, alone, safe
from workwell_desktop.domain.screen import text

__all__ = [
    "ActionFacts",
    "Alert",
    "Banner",
    "BannerFacts",
    "Button",
    "Card",
    "Cell",
    "Change",
    "Check",
    "Checks",
    "Choice",
    "Clear",
    "ClockBoxes",
    "Column",
    "Columns",
    "Context",
    "DateField",
    "DropDown",
    "Empty",
    "ErrorSummary",
    "Event",
    "Field",
    "Fixed",
    "Flow",
    "Foot",
    "Heading",
    "Held",
    "IconMark",
    "Initials",
    "InkField",
    "InkPoint",
    "KindHead",
    "ListRow",
    "LongText",
    "Marker",
    "Matrix",
    "Measure",
    "MeasureFacts",
    "Need",
    "NumberField",
    "ObstacleLine",
    "Option",
    "Page",
    "PageAct",
    "PaperPreview",
    "Params",
    "PartList",
    "Picture",
    "Point",
    "ProgrammeClock",
    "Question",
    "Quote",
    "Radio",
    "Region",
    "RiskBar",
    "RiskPanel",
    "RowFacts",
    "RowList",
    "Ruler",
    "Scroll",
    "SessionTimer",
    "Sheet",
    "Spark",
    "Step",
    "Stepper",
    "Stroke",
    "SummaryList",
    "Table",
    "TableRow",
    "Tabs",
    "Tag",
    "TextField",
    "Timeline",
    "WeekFacts",
    "WeeksPicture",
    "Words",
    "age",
    "alone",
    "announce",
    "chip",
    "clock_words",
    "column",
    "date_words",
    "fault_words",
    "filled",
    "long_day",
    "moment_words",
    "nhs_words",
    "only",
    "outlined",
    "parse_day",
    "plain_clock",
    "quiet",
    "risk_button",
    "row",
    "row_button",
    "rule",
    "safe",
    "short_day",
    "text",
    "theme",
    "weekday",
]
