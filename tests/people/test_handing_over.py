"""Handing over: one change, after which nothing open names who left."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.describe.entities import ENTITIES
from models.dialects import quoted
from models.people.handing_over import HandOver
from models.people.owning import HISTORY, OWNED, condition
from models.refusals import Refused
from models.tasks import series
from tests.people.staffed import FRIDAY, ON, staffed


@pytest.fixture
def team(tmp_path):
    with staffed(tmp_path) as made:
        yield made


def handing(team, who="Ben"):
    return HandOver(team.book, team[who], ON)


def owner(team, entity, row, field="owner"):
    found = team.book.record(entity, row)[field]
    return None if found is None else found.id


def open_records(book, person):
    """How many open records name somebody, field by field, over all links there are."""
    made = {}
    for entity in ENTITIES:
        for field in entity.fields:
            one = next((o for o in OWNED if o.id == f"{entity.id}.{field.id}"), None)
            if one is not None:
                made[one.id] = book.connection().one(
                    f"SELECT count(*) FROM {quoted(entity.id)} t "
                    f"WHERE {condition(one, ON.isoformat())} AND t.{quoted(field.id)} = ?",
                    (person,),
                )
    return {name: n for name, n in made.items() if n}


def test_every_link_to_a_person_is_known_to_be_owned_or_history():
    links = {
        f"{entity.id}.{field.id}"
        for entity in ENTITIES
        for field in entity.links()
        if field.target == "salesperson"
    }
    owned = {one.id for one in OWNED}
    assert not owned & HISTORY
    assert links == owned | HISTORY


def test_work_that_comes_again_is_handed_over_though_its_first_task_is_done(team):
    first = team.task("Ben", due=ON - timedelta(7), recurrence="every week on Mon", status="done")
    made = handing(team)
    made.apply(made.to(team["Cai"]), "left")
    series.make(team.book, ON)
    coming = [one for one in series.members(team.book, first) if one != first]
    assert coming
    assert {owner(team, "task", one) for one in coming} == {team["Cai"]}


def test_all_of_it_goes_to_one_person_in_one_change(team):
    acme = team.add("customer", name="Acme", owner=team["Ben"])
    deal = team.add("opportunity", name="Pumps", customer=acme, owner=team["Ben"], status="open")
    won = team.add("opportunity", name="Old", customer=acme, owner=team["Ben"], status="won")
    task = team.task("Ben", due=FRIDAY, customer=acme)
    done = team.task("Ben", due=FRIDAY, status="done")
    before = team.book.last_change
    made = handing(team)
    result = made.apply(made.to(team["Cai"]), "left")
    assert result.moved == 3
    assert result.change == before + 1 == team.book.last_change
    assert owner(team, "customer", acme) == owner(team, "task", task) == team["Cai"]
    assert owner(team, "opportunity", deal) == team["Cai"]
    assert owner(team, "opportunity", won) == owner(team, "task", done) == team["Ben"]
    assert team.book.record("salesperson", team["Ben"])["status"] == "left"
    ledger = team.book.record("opportunity_ledger", 1)
    assert (ledger["source"], ledger["person"].id, ledger["customer"].id, ledger["worth"]) == (
        "hand_over", team["Cai"], acme, Decimal(1),
    )  # fmt: skip
    assert ledger["opportunity"].id == deal
    assert team.book.count("opportunity_ledger") == 1
    team.book.undo()
    assert owner(team, "customer", acme) == team["Ben"]
    assert team.book.count("opportunity_ledger") == 0
    assert team.book.record("salesperson", team["Ben"])["status"] == "active"


def test_a_customer_goes_with_all_that_belongs_to_it_to_who_knows_it(team):
    acme, brick = (team.add("customer", name=one, owner=team["Ben"]) for one in ("Acme", "Brick"))
    for day in ("2026-01-05", "2026-02-05"):
        team.add("activity", at=f"{day} 10:00", kind="call", person=team["Dan"], customer=acme)
    task = team.task("Ben", due=FRIDAY, customer=acme)
    plan = handing(team).distributed()
    assert plan["customer.owner", acme] == plan["task.owner", task] == team["Dan"]
    assert plan["customer.owner", brick] != team["Dan"]


def test_what_nobody_knows_is_shared_by_what_each_has(team):
    for n in range(6):
        team.add("customer", name=f"C{n}", owner=team["Ben"])
    for n in range(3):
        team.add("customer", name=f"D{n}", owner=team["Cai"])
    given = list(handing(team).distributed().values())
    assert sorted(set(given)) == [team["Cai"], team["Dan"]]
    assert given.count(team["Dan"]) == 4  # then both have five, and so on


def test_what_is_led_goes_to_the_superior(team):
    north = team.add("team", name="South", manager=team["Ben"])
    goal = team.add("goal", title="Sell", level="person", person=team["Ben"], status="active")
    plan = handing(team).distributed()
    assert plan["team.manager", north] == plan["goal.person", goal] == team["Ada"]


def test_another_order_of_candidates_is_followed(team):
    acme = team.add("customer", name="Acme", owner=team["Ben"])
    plan = handing(team).distributed(lambda item, among: sorted(among, reverse=True))
    assert plan == {("customer.owner", acme): team["Dan"]}


@pytest.mark.parametrize("status", ["left", "leaving", "on_leave"])
def test_who_isn_t_at_work_takes_nothing_over(team, status):
    team.add("customer", name="Acme", owner=team["Ben"])
    team.set("salesperson", team["Cai"], status=status)
    made = handing(team)
    with pytest.raises(Refused) as refused:
        made.apply(made.to(team["Cai"]))
    assert refused.value.code == "not_at_work"
    assert team["Cai"] not in made.distributed().values()


def test_nobody_hands_over_to_themselves(team):
    team.add("customer", name="Acme", owner=team["Ben"])
    made = handing(team)
    with pytest.raises(Refused) as refused:
        made.apply(made.to(team["Ben"]))
    assert refused.value.code == "same_person"


def test_where_nobody_is_left_it_is_refused(team):
    team.add("customer", name="Acme", owner=team["Ben"])
    for one in ("Ada", "Cai", "Dan"):
        team.set("salesperson", team[one], status="left")
    with pytest.raises(Refused) as refused:
        handing(team).distributed()
    assert refused.value.code == "nobody_to_take_over"


def test_what_came_up_meanwhile_is_handed_over_too(team):
    team.add("customer", name="Acme", owner=team["Ben"])
    made = handing(team)
    plan = made.to(team["Cai"])
    late = team.add("customer", name="Late", owner=team["Ben"])
    made.apply(plan)
    assert owner(team, "customer", late) == team["Cai"]


def test_parts_of_one_task_come_together(team):
    mine = team.task("Cai", due=FRIDAY)
    shared = team.task("Ada", due=FRIDAY)
    whole = team.task("Ben", due=FRIDAY)
    team.add("collaborator", task=mine, person=team["Ben"], share="30%")
    team.add("collaborator", task=shared, person=team["Ben"], share="30%")
    team.add("collaborator", task=shared, person=team["Cai"], share="20%")
    team.add("collaborator", task=whole, person=team["Cai"], share="20%")
    made = handing(team)
    made.apply(made.to(team["Cai"]))
    left = team.book.ids("collaborator")
    assert len(left) == 1
    one = team.book.record("collaborator", left[0])
    assert (one["task"].id, one["person"].id, one["share"]) == (shared, team["Cai"], Decimal("0.5"))


def test_nobody_reports_to_or_covers_or_asks_themselves(team):
    team.set("salesperson", team["Cai"], manager=team["Ben"])
    team.set("salesperson", team["Dan"], manager=team["Cai"])
    team.leave("Cai", ON, FRIDAY, cover="Ben")
    leave = team.leave("Cai", FRIDAY + timedelta(3), FRIDAY + timedelta(4))
    team.add("cover", leave=leave, person=team["Ben"])
    help_ = team.add(
        "help_request", title="Price", person=team["Cai"], resolver=team["Ben"], status="open"
    )
    made = handing(team)
    made.apply(made.to(team["Cai"]))
    assert owner(team, "salesperson", team["Cai"], "manager") == team["Ada"]
    assert owner(team, "leave", 1, "cover") is None
    assert team.book.count("cover") == 0
    assert owner(team, "help_request", help_, "resolver") is None


def test_who_reports_to_a_leader_without_a_superior_gets_one_new_leader_and_no_circle_arises(team):
    team.set("team", team.team, manager=team["Ben"])
    for name in ("Ada", "Cai", "Dan"):
        team.set("salesperson", team[name], team=team.team, manager=team["Ben"])
    made = handing(team)
    plan = made.distributed()
    led = {
        who for (field, _), who in plan.items() if field in ("salesperson.manager", "team.manager")
    }
    assert len(led) == 1
    made.apply(plan)
    [leader] = led
    above = {
        name: owner(team, "salesperson", team[name], "manager") for name in ("Ada", "Cai", "Dan")
    }
    assert [above[name] for name in above if team[name] == leader] == [None]
    assert {above[name] for name in above if team[name] != leader} == {leader}


def test_a_plan_that_names_several_new_leaders_makes_no_circle_either(team):
    for name in ("Ada", "Cai", "Dan"):
        team.set("salesperson", team[name], manager=team["Ben"])
    made = handing(team)
    ring = {"Ada": "Cai", "Cai": "Dan", "Dan": "Ada"}
    made.apply({("salesperson.manager", team[one]): team[other] for one, other in ring.items()})
    above = {team[one]: owner(team, "salesperson", team[one], "manager") for one in ring}
    for person in above:
        seen, at = set(), person
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = above.get(at)


_WHO = st.sampled_from((None, "Ben", "Ben", "Cai", "Dan"))
_RECORDS = {
    "customer": ("owner", {"name": "C"}),
    "opportunity": ("owner", {"name": "O", "status": "open"}),
    "task": ("owner", {"title": "T"}),
    "project": ("owner", {"name": "P"}),
    "decision": ("owner", {"title": "D"}),
    "contract": ("owner", {"name": "K", "customer": 1}),
    "follow_up_plan": ("person", {"customer": 1, "due": FRIDAY}),
    "help_request": ("person", {"title": "H"}),
    "goal": ("person", {"title": "G", "level": "person", "status": "active"}),
    "team": ("manager", {"name": "N"}),
    "region": ("manager", {"name": "R"}),
}
_BOOKS = st.lists(
    st.tuples(st.sampled_from(sorted(_RECORDS)), _WHO, _WHO, st.booleans()), max_size=14
)


@given(_BOOKS, st.booleans())
def test_whatever_a_book_holds_nothing_open_names_who_left(records, distributed):
    with tempfile.TemporaryDirectory() as folder, staffed(Path(folder)) as team:
        team.add("customer", name="First", owner=team["Ben"])
        for n, (entity, who, other, of_first) in enumerate(records):
            field, values = _RECORDS[entity]
            values = {**values, field: None if who is None else team[who]}
            title = next(one for one in ("name", "title", "due") if one in values)
            if title != "due":
                values[title] = f"{values[title]}{n}"
            if of_first and entity in ("opportunity", "task", "project", "help_request"):
                values["customer"] = 1
            row = team.add(entity, **values)
            if entity == "task" and other and other != who:
                team.add("collaborator", task=row, person=team[other])
            if entity == "help_request" and other:
                team.set(entity, row, resolver=team[other])
        made = handing(team)
        expected = len(made.items)
        names = open_records(team.book, team["Ben"])
        assert sum(names.values()) == expected
        everybody = {one: team.book.count(one) for one in ("task", "customer", "opportunity")}
        plan = made.distributed() if distributed else made.to(team["Dan"])
        assert plan.keys() == {one.key for one in made.items}
        made.apply(plan, "left")
        assert open_records(team.book, team["Ben"]) == {}
        assert everybody == {one: team.book.count(one) for one in everybody}
        for entity in ("customer", "task", "opportunity"):
            rows = team.book.connection().run(f"SELECT count(*) FROM {entity} WHERE owner IS NULL")
            asked = sum(1 for name, who, _, _ in records if name == entity and who is None)
            assert rows[0][0] == asked


def test_a_series_whose_first_task_is_done_goes_on_with_the_successor(team):
    from models.tasks import series

    head = team.task("Ben", due=ON, recurrence="every Monday", title="Tidy the list")
    team.set("task", head, status="done")
    made = handing(team)
    made.apply(made.to(team["Cai"]), "left")
    for weeks in (1, 2, 3):  # each copy is done before the next one is made
        series.make(team.book, ON + timedelta(weeks=weeks))
        for row in team.book.ids("task", "status!=done"):
            team.set("task", row, status="done")
    copies = [row for row in team.book.ids("task") if row != head]
    assert len(copies) >= 2
    assert {owner(team, "task", row) for row in copies} == {team["Cai"]}
