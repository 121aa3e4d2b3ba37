"""Names that files, checks and other programs rely on: entities, fields, measures."""

from __future__ import annotations

import pytest

from models import texts
from models.describe.entities import ENTITIES
from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.measures import engine

# entity, its Chinese name, its fields with their kinds; ">" is a link, "|" the codes of a choice.
BINDING = {
    ("team", "团队"): "name:text parent:>team manager:>salesperson region:>region",
    ("region", "区域"): "name:text manager:>salesperson",
    ("salesperson", "业务员"): (
        "name:text employee_no:code team:>team manager:>salesperson region:>region position:text"
        " hire_date:date phone:phone email:email wechat:text birthday:date"
        " status:onboarding|active|on_leave|leaving|left"
    ),
    ("customer", "客户"): (
        "name:text code:code industry:text segment:text region:>region country:text province:text"
        " city:text address:text grade:A|B|C|D lifecycle:lead|prospect|customer|lost"
        " owner:>salesperson phone:phone tax_code:code annual_revenue:money employees:integer"
        " founded_year:integer parent:>customer source:text tags:tags first_contact_on:date"
        " next_contact_due:date active:flag notes:long_text"
    ),
    ("contact", "联系人"): (
        "name:text customer:>customer title:text phone:phone email:email wechat:text birthday:date"
        " primary:flag active:flag notes:long_text"
    ),
    ("product", "产品"): (
        "name:text code:code category:text subcategory:text series:text unit:text"
        " list_price:money cost:money active:flag"
    ),
    ("opportunity", "商机"): (
        "code:code name:text customer:>customer contact:>contact owner:>salesperson"
        " product:>product stage:>stage status:open|won|lost amount:money probability:percent"
        " opened_on:date expected_close:date closed_on:date lost_reason:text source:text"
    ),
    ("order", "订单"): (
        "code:code customer:>customer owner:>salesperson region:>region ordered_on:date"
        " shipped_on:date ship_mode:text amount:money returned:flag"
        " status:draft|confirmed|shipped|done|cancelled"
    ),
    ("order_line", "订单明细"): (
        "order:>order line_no:integer product:>product quantity:number unit_price:money"
        " discount:percent amount:money profit:money"
    ),
    ("receipt", "回款"): (
        "code:code customer:>customer order:>order received_on:date amount:money"
        " method:transfer|cash|wechat|alipay|bill"
    ),
    ("activity", "跟进记录"): (
        "at:instant kind:visit|call|wechat|email|meeting person:>salesperson customer:>customer"
        " contact:>contact opportunity:>opportunity result:long_text next_step:long_text"
        " duration_minutes:integer notes:long_text"
    ),
}
# Stand beside them: stages belong to a pipeline, and every move between them is kept.
ALSO = {
    "pipeline": "name:text",
    "stage": "name:text pipeline:>pipeline order_no:integer kind:open|won|lost probability:percent",
    "stage_change": (
        "opportunity:>opportunity at:date stage:>stage amount:money expected_close:date"
        " probability:percent"
    ),
}
MEASURES = {
    "won_amount": "赢单金额",
    "won_count": "赢单数",
    "average_deal": "平均单价",
    "win_rate": "赢单率",
    "sales_cycle_days": "成交周期",
    "pipeline_amount": "在谈金额",
    "weighted_pipeline": "加权在谈",
    "stage_conversion": "阶段转化",
    "stage_days": "阶段停留",
    "sales_amount": "销售额",
    "order_count": "订单数",
    "gross_profit": "毛利",
    "discount_rate": "折扣率",
    "receipt_amount": "回款额",
    "receipt_rate": "回款率",
    "overdue_receivable": "逾期应收",
    "new_customers": "新客户数",
    "repeat_rate": "复购率",
    "churned_customers": "流失客户数",
    "development_mix": "开发维护比",
}
FIELDS = [(one, field) for one in ENTITIES for field in one.fields]
ALL_FIELDS = pytest.mark.parametrize(
    ("entity", "field"), FIELDS, ids=[f"{one.id}.{field.id}" for one, field in FIELDS]
)


def described(field: Field) -> str:
    if field.kind == "link":
        return f"{field.id}:>{field.target}"
    if field.kind == "choice":
        return f"{field.id}:{'|'.join(one.code for one in field.choices)}"
    return f"{field.id}:{field.kind}"


@pytest.mark.parametrize(
    ("id", "fields"),
    [*((id, fields) for (id, _), fields in BINDING.items()), *ALSO.items()],
)
def test_every_binding_field_exists_with_its_kind(id, fields):
    found = {described(one) for one in Schema().entity(id).fields}
    assert [one for one in fields.split() if one not in found] == []


@pytest.mark.parametrize(("id", "chinese"), BINDING)
def test_every_binding_entity_has_its_chinese_name(id, chinese):
    assert texts.in_language("zh_CN", Schema().entity(id).label) == chinese


@ALL_FIELDS
def test_every_field_has_a_label_in_both_languages(entity, field):
    chinese = texts.in_language("zh_CN", field.label)
    assert field.label.isascii()
    assert chinese.strip()
    assert not chinese.isascii(), chinese


@ALL_FIELDS
def test_every_field_says_in_both_languages_what_belongs_there(entity, field):
    assert field.help.endswith(".")
    assert field.help != field.label
    assert texts.in_language("zh_CN", field.help).endswith("。")


@ALL_FIELDS
def test_every_field_is_of_a_known_kind_and_leads_somewhere(entity, field):
    assert field.kind in KINDS
    assert bool(field.choices) == (field.kind == "choice")
    assert bool(field.target) == (field.kind == "link")
    if field.target:
        assert Schema().entity(field.target)
    assert field.default is None or field.kind != "choice" or field.choice(field.default)


@ALL_FIELDS
def test_every_choice_is_understood_by_code_label_and_synonym_in_both_languages(entity, field):
    known: dict[str, str] = {}
    for one in field.choices:
        assert not texts.in_language("zh_CN", one.label).isascii() or one.label in "ABCD"
        for word in one.known_as():
            assert known.setdefault(word.casefold(), one.code) == one.code, word
            assert KINDS["choice"].parse(field, word) == one.code


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda one: one.id)
def test_what_identifies_and_names_a_record_are_fields_of_it(entity: Entity):
    named = {*entity.title, *entity.discriminators, *(one for key in entity.keys for one in key)}
    assert [one for one in named if not entity.has(one)] == []
    assert entity.title
    assert entity.keys


def test_prefixes_of_public_ids_and_numbers_of_the_journal_are_unlike():
    assert len({one.prefix for one in ENTITIES}) == len(ENTITIES)
    assert len({one.no for one in ENTITIES}) == len(ENTITIES)
    assert all(len(one.prefix) == 2 and one.prefix.isupper() for one in ENTITIES)


@pytest.mark.parametrize(("code", "chinese"), MEASURES.items())
def test_every_binding_measure_is_defined_in_both_languages(code, chinese):
    found = engine.definition(code)
    assert texts.in_language("zh_CN", found.label) == chinese
    assert found.words.endswith(".")
    assert texts.in_language("zh_CN", found.words).endswith("。")
    assert found.unit in ("money", "count", "percent", "days")
    assert found.direction in ("up", "down", "none")
    assert found.version >= 1
    known = {one.id for one in ENTITIES}
    assert found.reads <= known
    assert found.reads


def test_no_measure_has_two_definitions():
    codes = [one.code for one in engine.definitions()]
    assert len(set(codes)) == len(codes)
