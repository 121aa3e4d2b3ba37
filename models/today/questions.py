"""Questions and suggestions of people that nobody has answered yet, with their clock.

Today: a question that has waited for ``PROMPT`` working days. These days: all other questions, and a
suggestion that has waited for ``PATIENT``. Good to know: other suggestions.
"""

from __future__ import annotations

from datetime import timedelta

from models.texts import N_, ntr, tr
from models.today.line import NOTE, SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "suggestion"
LABEL = N_("Questions and suggestions")
PROMPT, PATIENT = 2, 10  # working days
_QUESTION = "question"
_LONG = 60  # characters of it that are shown


def find(scene: Scene) -> list[Found]:
    """Everything that was said up to the day and has no answer."""
    made = []
    for row, title, kind, person, raised, content in scene.db.run(
        "SELECT id, title, kind, person, raised_on, content FROM suggestion "
        "WHERE alive = 1 AND status = 'received' AND coalesce(answer, '') = '' "
        "AND (raised_on IS NULL OR raised_on <= ?)",
        (scene.today,),
    ):
        late = max(scene.late(raised), 0) if raised else 0
        waited = scene.worked_since(scene.on - timedelta(days=late)) if late else 0
        made.append(
            Found(
                KIND,
                (Record("suggestion", row),),
                _severity(kind, waited),
                "answer",
                0,
                person or 0,
                late=waited,
                facts=(kind or "", title or "", waited, raised or "", _first(content), person or 0),
            )
        )
    return made


def _severity(kind: str, waited: int) -> str:
    if kind == _QUESTION:
        return TODAY if waited >= PROMPT else SOON
    return SOON if waited >= PATIENT else NOTE


def say(found: Found, words: Words) -> tuple[str, str]:
    """Who asks what, and for how long nobody has answered."""
    kind, title, waited, raised, text, person = found.facts
    name = words.name(person)
    said = N_("Question: {title}") if kind == _QUESTION else N_("Suggestion: {title}")
    by = tr(N_("from {name}"), name=name) if name else ""
    on = tr(N_("said on {day}"), day=words.day(raised)) if raised else ""
    wait = (
        ntr("no answer for {n} working day", "no answer for {n} working days", waited)
        if waited
        else tr(N_("no answer yet"))
    )
    return tr(said, title=title), words.sentence(by, on, wait, text)


def _first(content: str | None) -> str:
    """The beginning of what was said, without its last full stop."""
    line = (content or "").strip().split("\n")[0].rstrip("。.")
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"
