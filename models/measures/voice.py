"""The measures of what customers say: satisfaction, recommendation, complaints, who answers at all."""

from __future__ import annotations

from models.measures.definition import Definition, Source
from models.texts import N_

_ANSWER = Source(
    "survey_response",
    "survey_response b",
    "b.alive = 1",
    "b.responded_on",
    "b.attributed_to",
    None,
    "b.customer",
    owners=(("survey_response", "attributed_to"),),
)
_COMPLAINT = Source(
    "complaint",
    "complaint b",
    "b.alive = 1",
    "b.opened_on",
    "b.attributed_to",
    None,
    "b.customer",
    owners=(("complaint", "attributed_to"),),
)
_SETTLED = Source(
    "complaint",
    "complaint b",
    "b.alive = 1",
    "b.resolved_on",
    "b.attributed_to",
    None,
    "b.customer",
    owners=(("complaint", "attributed_to"),),
)
# Nobody is judged by who answers: it is a figure of the questionnaire.
_FORM = Source(
    "survey_form",
    """(SELECT f.id, f.sent_on, f.sent_count, (SELECT count(*) FROM survey_response r WHERE r.form = f.id AND r.alive = 1) AS came
        FROM survey_form f WHERE f.alive = 1) b""",
    "1",
    "b.sent_on",
    owners=(("survey_form", ""), ("survey_response", "")),
)
_ANSWERS = frozenset({"survey_response"})
_COMPLAINTS = frozenset({"complaint"})

VOICE_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "satisfaction",
        N_("Satisfaction"),
        N_(
            "The mean of the scores of customers' answers, each between the lowest (0 %) and the highest (100 %) of its questionnaire's scale; n says how many answers there are."
        ),
        "percent",
        "up",
        _ANSWER,
        "b.satisfied",
        "1",
        "b.satisfied IS NOT NULL",
        reads=_ANSWERS,
        scaled=True,
        trials=False,
    ),
    Definition(
        "nps",
        N_("Net promoter score"),
        N_(
            "Of the customers who said whether they would recommend us, those who gave 9 or 10 less those who gave 0 to 6, divided by all of them."
        ),
        "percent",
        "up",
        _ANSWER,
        "CASE WHEN b.recommends >= 9 THEN 1 WHEN b.recommends <= 6 THEN -1 ELSE 0 END",
        "1",
        "b.recommends IS NOT NULL",
        reads=_ANSWERS,
        trials=False,
    ),
    Definition(
        "response_rate",
        N_("Response rate"),
        N_(
            "Answers to the questionnaires that went out in the period, divided by how many customers they were sent to; one that doesn't say to how many is left out."
        ),
        "percent",
        "up",
        _FORM,
        "min(b.came, b.sent_count)",
        "b.sent_count",
        "b.sent_count > 0",
        reads=frozenset({"survey_form", "survey_response"}),
    ),
    Definition(
        "complaint_count",
        N_("Complaint count"),
        N_("How many complaints came in."),
        "count",
        "down",
        _COMPLAINT,
        "1",
        reads=_COMPLAINTS,
    ),
    Definition(
        "complaint_days",
        N_("Complaint handling"),
        N_(
            "The median of the days from a complaint's coming in to its being settled, by the day on which it was settled; n says how many were."
        ),
        "days",
        "down",
        _SETTLED,
        "CAST(julianday(b.resolved_on) - julianday(b.opened_on) AS INTEGER)",
        "1",
        "b.status = 'resolved' AND b.resolved_on IS NOT NULL AND b.opened_on IS NOT NULL",
        reads=_COMPLAINTS,
        median=True,
    ),
)
