"""Appeals are answered by a day; a correction is a version of its own that never alters the sealed one."""

from __future__ import annotations

from datetime import date

import pytest

from models.evaluations import appeals, presenting, sealing, signing, verifying
from models.refusals import Refused
from tests.sheets.bringing import bring

FILED_ON = date(2026, 10, 8)


@pytest.fixture
def sealed(team):
    return team.seal().evaluation


def refusal(code, act, *given, **more):
    with pytest.raises(Refused) as caught:
        act(*given, **more)
    assert caught.value.code == code
    return str(caught.value)


def filed(team, evaluation, **more):
    return appeals.file(
        team.book, evaluation, team.people["陈晓"], "七月的单没有算", on=FILED_ON, **more
    )


def test_an_appeal_is_due_within_the_days_of_its_cycle(team, sealed):
    team.book.set("evaluation_cycle", team.cycle, {"appeal_days": 10})
    row = filed(team, sealed, item=team.items["赢单额"])
    said = team.book.record("appeal", row)
    assert (said["answer_due"], said["status"]) == (date(2026, 10, 18), "filed")
    assert said["item"].label == "赢单额"


def test_only_a_sealed_evaluation_is_appealed_against_and_only_by_who_is_evaluated(team, sealed):
    refusal("not_sealed", filed, team, team.evaluations["林峰"])
    refusal("not_yours", appeals.file, team.book, sealed, team.people["林峰"], "不服")
    refusal("required", appeals.file, team.book, sealed, team.people["陈晓"], "")


def test_appeals_without_an_answer_by_their_day_are_overdue(team, sealed):
    row = filed(team, sealed)
    assert appeals.overdue(team.book, date(2026, 10, 15)) == ()
    [found] = appeals.overdue(team.book, date(2026, 10, 17))
    assert (found.row, found.due, found.days) == (row, date(2026, 10, 15), 2)
    assert (found.person, found.by) == (team.people["陈晓"], team.people["王主管"])
    appeals.answer(team.book, row, "核对过，没有遗漏", "upheld", on=date(2026, 10, 17))
    assert appeals.overdue(team.book, date(2026, 10, 20)) == ()


def test_an_appeal_is_answered_then_closed(team, sealed):
    row = filed(team, sealed)
    refusal("not_answered", appeals.close, team.book, row)
    refusal("required", appeals.answer, team.book, row, " ", "upheld")
    appeals.answer(team.book, row, "维持", "upheld", on=date(2026, 10, 9))
    said = team.book.record("appeal", row)
    assert (said["status"], said["outcome"], said["answered_on"]) == (
        "answered", "upheld", date(2026, 10, 9),
    )  # fmt: skip
    appeals.close(team.book, row)
    refusal("closed", appeals.answer, team.book, row, "再说", "upheld")


def test_an_answer_typed_into_the_list_brings_its_status_and_its_day(team, sealed):
    row = filed(team, sealed)
    team.book.set("appeal", row, {"answer": "维持"})
    said = team.book.record("appeal", row)
    assert (said["status"], said["answered_on"]) == ("answered", date.today())


def test_an_imported_appeal_has_its_day_too(team, sealed, tmp_path):
    file = tmp_path / "appeals.csv"
    id = team.book.public_id("evaluation", sealed)
    file.write_text(
        f"Evaluation,Appealed by,Filed on,Objection\n{id},陈晓,2026-10-08,漏了一单\n",
        encoding="utf-8",
    )
    bring(team.book, file, entity="appeal")
    [row] = team.book.ids("appeal")
    assert team.book.record("appeal", row)["answer_due"] == date(2026, 10, 15)


def test_a_correction_is_the_next_version_with_its_own_talk_signatures_and_seal(team, sealed):
    before = sealing.sealed(team.book, sealed)
    row = filed(team, sealed)
    made = appeals.correct(team.book, sealed, "七月一单补上", row)
    said = team.book.record("evaluation", made)
    assert (said["version"], said["status"], said["replaces"].id) == (2, "talk", sealed)
    assert said["presented"] is None
    assert len(team.book.linked("evaluation_rating", "evaluation", made)) == 1
    appeal = team.book.record("appeal", row)
    assert (appeal["status"], appeal["outcome"]) == ("answered", "corrected")
    assert appeal["correction"].id == made
    team.book.set("opportunity", team.deals[3], {"amount": "2500"})
    for who in ("陈晓", "王主管"):
        signing.sign(team.book, made, team.people[who])
    second = sealing.seal(team.book, made)
    assert second.scored.version == 2
    assert second.scored.items[0].value == 9000
    assert sealing.sealed(team.book, sealed) == before
    assert verifying.verify(team.book).ok
    appeals.close(team.book, row)


def test_there_is_one_open_correction_at_a_time_and_the_newest_version_is_known(team, sealed):
    made = appeals.correct(team.book, sealed, "更正")
    assert appeals.newest(team.book, sealed) == made
    assert "EV-" in refusal("newer", appeals.correct, team.book, sealed, "再更正")
    refusal("not_sealed", appeals.correct, team.book, made, "再更正")
    refusal("newer", filed, team, sealed)


def test_a_promised_correction_is_made_before_the_appeal_is_closed(team, sealed):
    row = filed(team, sealed)
    appeals.answer(team.book, row, "确实漏了", "corrected")
    refusal("not_corrected", appeals.close, team.book, row)
    appeals.correct(team.book, sealed, "补上", row)
    appeals.close(team.book, row)


def test_a_correction_can_be_taken_back_as_one_step(team, sealed):
    made = appeals.correct(team.book, sealed, "更正")
    team.book.undo()
    assert appeals.newest(team.book, sealed) == sealed
    assert made not in team.book.ids("evaluation")
    assert presenting.presented(team.book, sealed) is not None
    assert verifying.verify(team.book).ok


def test_while_an_appeal_waits_the_evaluation_does_not_go_to_the_archive(team, sealed):
    from models.evaluations import cycle, waiting

    row = filed(team, sealed)
    [turn] = [one for one in waiting.waiting(team.book, 1) if one.evaluation == sealed]
    assert turn.missing == ("An appeal waits for its answer.",)
    refusal("appeal_waits", cycle.advance, team.book, sealed)
    appeals.answer(team.book, row, "算法无误", "upheld")
    assert cycle.advance(team.book, sealed) == "archived"
