"""Headers that no list of ours has, as other offices write them: they may be missed, never mistaken.

Nobody may add these words to the fields' synonyms: then they would measure nothing.
"""

from __future__ import annotations

from models.describe.schema import Schema
from models.sheets.day_orders import DayOrder
from models.sheets.mapping import map_table
from models.sheets.profile import ColumnProfile
from models.sheets.table_finding import FoundColumn, FoundTable, letter

SCHEMA = Schema()
UNLISTED = {
    "customer": {
        "name": "客户单位名称|往来单位|商户名称|Organisation|Customer Full Name|企业全称",
        "code": "客户档案号|Customer Nr|客商编码|会员编号",
        "phone": "固定电话|公司座机|Office Phone|联系人手机|Telephone Number",
        "owner": "维护人|对接销售|责任业务员|Sales Owner|Assigned To",
        "annual_revenue": "年产值|上年营业额|Sales Turnover",
        "employees": "在职人数|职工人数|Employee Count|Company Size",
        "city": "所在地市|地市|City Name",
        "industry": "主营行业|Business Sector|行业归属",
        "next_contact_due": "下次拜访日期|计划回访日|Next Call Date",
        "source": "客户渠道来源|How Found|Referral Source",
        "address": "经营地址|注册地址|Mailing Address",
    },
    "contact": {
        "name": "客户联系人|对接人|Contact Full Name",
        "title": "岗位职务|Job Position",
        "phone": "手机号码1|Mobile Number",
        "email": "E-mail地址|电邮",
        "birthday": "出生日|Birth Day",
    },
    "opportunity": {
        "name": "线索名称|销售机会名称|Project Title",
        "amount": "预计合同额|报价金额|Deal Size",
        "expected_close": "预计成单日期|预计下单时间|Target Close Date",
        "stage": "跟进阶段|Pipeline Stage",
        "owner": "所属销售|Deal Owner Name",
    },
    "order": {
        "code": "订单流水号|销售订单号|PO Number",
        "ordered_on": "成交日期|订货日期|Purchase Date",
        "amount": "订单总价|应收金额|Grand Total Amount",
        "customer": "收货单位|Bill To|购货客户",
        "status": "订单当前状态|Fulfilment Status",
    },
    "receipt": {
        "amount": "本期收款金额|入账金额|Paid Amount",
        "received_on": "入账日期|Paid On|到款时间",
        "method": "付款途径|Payment Type",
    },
    "salesperson": {
        "name": "员工名称|销售姓名|Full Name",
        "employee_no": "员工代码|Personnel No",
        "hire_date": "入职年月日|Hired On",
    },
}


def understood(entity: str, header: str) -> str | None:
    """Where a column of this header alone would go, whatever its cells."""
    table = FoundTable(0, "", (0, 0), 1, None, (FoundColumn(0, letter(0), header),))
    blank = ColumnProfile(0, 0, (), DayOrder(), 0.0, 0.0, 0, False)
    mapping = map_table(table, [blank], SCHEMA, file_name="", entity=entity)
    return mapping.columns[0].path


def test_headers_of_no_list_are_understood_or_left_over_but_never_mistaken():
    every = [
        (entity, path, header)
        for entity, fields in UNLISTED.items()
        for path, headers in fields.items()
        for header in headers.split("|")
    ]
    found = {(e, p, h): understood(e, h) for e, p, h in every}
    mistaken = {key: path for key, path in found.items() if path not in (None, key[1])}
    assert mistaken == {}
    right = sum(path == key[1] for key, path in found.items())
    assert right >= 0.5 * len(every)
