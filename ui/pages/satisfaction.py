"""What customers say: answers, complaints, questionnaires."""

from __future__ import annotations

from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Answers(RecordPage):
    """What customers answered."""

    entity = "survey_response"


class Complaints(RecordPage):
    """What customers complain of."""

    entity = "complaint"


class Forms(RecordPage):
    """What customers are asked."""

    entity = "survey_form"


class SatisfactionPage(TabbedPage):
    """Answers, complaints and questionnaires, behind tabs."""

    lists = (Answers, Complaints, Forms)
