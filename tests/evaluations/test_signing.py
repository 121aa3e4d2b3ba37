"""What both sign is what lies before them; what changed since is said; who may sign, and what a seal needs."""

from __future__ import annotations

import json

import pytest

from models.evaluations import presenting, sealing, signing
from models.evaluations.content import canonical, digest_of
from models.evaluations.result import Scored
from models.refusals import Refused


def refusal(code, act, *given, **more):
    with pytest.raises(Refused) as caught:
        act(*given, **more)
    assert caught.value.code == code
    return str(caught.value)


def test_what_is_presented_is_canonical_and_carries_result_judgements_and_rules(team):
    row = team.evaluations["陈晓"]
    found = presenting.present(team.book, row)
    said = json.loads(found.content)
    assert canonical(said) == found.content
    assert found.digest == digest_of(found.content)
    assert {"result", "ratings", "rules", "evaluation", "labels"} <= set(said)
    assert [one["name"] for one in said["rules"]["items"]] == ["赢单额", "赢率", "协作"]
    assert [one["target"] for one in said["rules"]["goals"]] == ["10000"]
    assert said["ratings"][0]["level"] == "4"
    assert team.book.record("evaluation", row)["total"] == found.scored.total


def test_what_is_presented_says_the_group_and_the_evaluation_keeps_it(team):
    row = team.evaluations["陈晓"]
    assert presenting.present(team.book, row).scored.band == "1"
    assert team.book.record("evaluation", row)["band"] == "1"


def test_a_result_comes_back_from_its_outside_form_bit_for_bit(team):
    found = presenting.present(team.book, team.evaluations["林峰"])
    said = json.loads(found.content)
    assert Scored.from_dict(said["result"]).as_dict() == said["result"]
    assert {one.label for item in found.scored.items for one in item.records} == {
        "单1", "单4", "单7", "单10",
    }  # fmt: skip


def test_signing_presents_by_itself_and_both_signatures_stand_under_the_same_digest(team):
    row = team.sign()
    found = signing.signatures(team.book, row)
    assert [(one.signed_as, one.name) for one in found] == [("self", "陈晓"), ("manager", "王主管")]
    assert {one.digest for one in found} == {presenting.presented(team.book, row).digest}
    assert signing.lacking(team.book, row) == ()


def test_what_the_manager_has_not_judged_is_not_signed_before_the_talk_but_all_the_same_if_wished(
    team,
):
    row, own = team.evaluations["陈晓"], team.people["陈晓"]
    with team.book.change("test") as change:
        change.db.run("UPDATE evaluation SET status = 'manager_review' WHERE id = ?", (row,))
        change.db.run("UPDATE evaluation_rating SET level = NULL WHERE evaluation = ?", (row,))
    said = refusal("not_judged", signing.sign, team.book, row, own)
    assert "协作" in said
    assert "Manager's review" in said
    assert presenting.presented(team.book, row) is None
    assert signing.sign(team.book, row, own, anyway=True).signed_as == "self"
    with team.book.change("test") as change:
        change.db.run("UPDATE evaluation_rating SET level = 4000000 WHERE evaluation = ?", (row,))
    assert signing.sign(team.book, row, team.people["王主管"], anyway=True).signed_as == "manager"


def test_only_who_is_evaluated_and_who_evaluates_sign(team):
    row = team.evaluations["陈晓"]
    said = refusal("not_a_signer", signing.sign, team.book, row, team.people["林峰"])
    assert "林峰" in said
    assert "陈晓" in said
    assert "王主管" in said


def test_without_an_evaluator_only_the_person_can_sign_and_the_refusal_says_what_to_fill_in(team):
    row = team.evaluations["陈晓"]
    team.book.set("evaluation", row, {"manager": None})
    assert "Evaluated by" in refusal(
        "not_a_signer", signing.sign, team.book, row, team.people["王主管"]
    )
    signing.sign(team.book, row, team.people["陈晓"])
    refusal("not_signed", sealing.seal, team.book, row)


def test_nobody_signs_the_same_twice(team):
    row = team.evaluations["陈晓"]
    signing.sign(team.book, row, team.people["陈晓"])
    refusal("signed_already", signing.sign, team.book, row, team.people["陈晓"])


def test_who_disagrees_signs_to_have_seen_it_and_says_why(team):
    row = team.evaluations["陈晓"]
    made = signing.sign(team.book, row, team.people["陈晓"], agrees=False, comment="七月的单没有算")
    signing.sign(team.book, row, team.people["王主管"])
    seal = sealing.seal(team.book, row)
    assert not made.agrees
    assert seal.signatures[0].comment == "七月的单没有算"
    assert not seal.signatures[0].agrees


def test_data_that_changed_since_it_was_presented_are_said_before_anybody_signs(team):
    row = team.evaluations["陈晓"]
    signing.sign(team.book, row, team.people["陈晓"])
    team.book.set("opportunity", team.deals[3], {"amount": "5000"})
    said = refusal("changed_since_presented", signing.sign, team.book, row, team.people["王主管"])
    assert "赢单额 84 → 115" in said
    made = signing.sign(team.book, row, team.people["王主管"], anyway=True)
    assert made.digest == signing.signatures(team.book, row)[0].digest


def test_presenting_again_ends_the_first_signature_if_anything_changed_and_else_leaves_it(team):
    row = team.evaluations["陈晓"]
    signing.sign(team.book, row, team.people["陈晓"])
    before = team.content()
    again = presenting.present(team.book, row)
    assert not again.fresh
    assert (team.content(), len(signing.signatures(team.book, row))) == (before, 1)
    team.book.set("opportunity", team.deals[3], {"amount": "5000"})
    again = presenting.present(team.book, row)
    assert (again.fresh, again.voided) == (True, 1)
    assert signing.signatures(team.book, row) == ()
    assert team.content() != before


def test_presenting_in_another_language_changes_no_signature(team):
    from models import texts

    row = team.sign()
    before = team.content()
    texts.set_language("zh_CN")
    assert not presenting.present(team.book, row).fresh
    assert presenting.moved(team.book, row) == ()
    assert team.content() == before


def test_a_seal_needs_both_signatures_and_names_who_is_missing(team):
    row = team.evaluations["陈晓"]
    refusal("not_presented", sealing.seal, team.book, row)
    signing.sign(team.book, row, team.people["陈晓"])
    assert "王主管" in refusal("not_signed", sealing.seal, team.book, row)


def test_what_was_edited_in_the_evaluation_after_signing_must_be_signed_again(team):
    row = team.sign()
    team.book.set("evaluation", row, {"comment": "另外一句"})
    said = refusal("changed_since_presented", sealing.seal, team.book, row)
    assert "Overall comment" in said


def test_a_sealed_evaluation_is_signed_and_its_bytes_are_what_both_signed(team):
    row = team.sign()
    before = team.content()
    seal = sealing.seal(team.book, row)
    assert (seal.number, seal.content, seal.digest) == (1, before, digest_of(before))
    assert team.book.record("evaluation", row)["status"] == "signed"
    assert sealing.sealed(team.book, row) == seal
    assert sealing.is_sealed(team.book, row)
    assert not sealing.is_sealed(team.book, team.evaluations["林峰"])


def test_what_is_sealed_is_read_from_its_bytes_whatever_the_book_says_today(team):
    seal = team.seal()
    team.book.set("salesperson", team.people["陈晓"], {"name": "陈晓晓"})
    team.book.set("opportunity", team.deals[3], {"name": "别的名字", "amount": "1"})
    found = sealing.sealed(team.book, seal.evaluation)
    assert found.scored == seal.scored
    assert found.scored.name == "陈晓"
    assert "单3" in {one.label for item in found.scored.items for one in item.records}


def test_each_seal_names_the_one_before_it(team):
    first, second = team.seal("陈晓"), team.seal("林峰")
    assert (first.number, second.number) == (1, 2)
    assert second.previous == first.chain
    refusal("sealed", sealing.seal, team.book, first.evaluation)
    refusal("sealed", presenting.present, team.book, first.evaluation)
