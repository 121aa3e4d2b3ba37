"""Exports of questionnaire services, as public code that reads them and public manuals describe them.

All answers are made up; what is true to life are the columns of the service's own, how a question is
written above its column, how an answer is written in its cell, the name of the file and its encoding:

- 问卷星: 序号, 提交答卷时间, 所用时间 (65秒), 来源, 来源详情, 来自IP (address with the province), questions
  as 1、…, parts of a matrix after —, what wasn't answered (空) or (跳过), by places -3 and -2, several choices
  apart by ┋, what was written beside an option in 〖〗; number_按文本_name_sent_count.xlsx. As read by
  public scripts that drop these columns, and by one that writes such a sheet (“(跳过)”, “%s〖%s〗”).
- 腾讯问卷: 编号, 开始答题时间, 结束答题时间, 答题时长 in seconds, 语言, 清洗数据结果, 地理位置国家和地区, …省,
  …市, 用户类型, 用户标识, 昵称, 自定义字段, IP, UA, Referrer; each cell in quotes and a comma at the end of
  the line; questions as 1.…, options as A.…, several choices a column each after a colon;
  number_moment.csv. As in public templates (“02-Feb-2021 20:26:58”).
- 问卷网: All_Data_Readable.csv in GBK with 答题序号, 开始时间, 答题时长 and questions as Q1:…
- 金数据, SurveyKing and the like: 序号, bare questions, 提交人, 提交时间, 填写时长, 填写设备, 操作系统, 浏览器,
  填写地区, IP, ID.
- 飞书多维表格, 腾讯文档收集表, WPS: bare questions, 提交者（自动）, 提交时间（自动）, 〈question〉（必填）.
- SurveyMonkey: Respondent ID, Collector ID, Start Date, End Date, IP Address, Email Address, First Name,
  Last Name, Custom Data 1; a second row of heads with Response, Open-Ended Response or a matrix' lines.
- Microsoft Forms: ID, Start time, Completion time, Email, Name, Last modified time; moments as 11/2/26
  9:15:22; name(1-3).xlsx. Google Forms: Timestamp (时间戳记), parts of a grid in []; “name (Responses)”.
  Typeform: #, Response Type, Start Date (UTC), Stage Date (UTC), Submit Date (UTC), Network ID, marks of
  HTML in questions.
"""

from __future__ import annotations

from tests.satisfaction.export_shape import BLUE, TIAN, YUAN, Answer, Export
from tests.satisfaction.exports_abroad import ABROAD
from tests.satisfaction.exports_chinese import CHINESE
from tests.satisfaction.exports_wjx import WJX

__all__ = ["BLUE", "EXPORTS", "TIAN", "YUAN", "Answer", "Export"]

EXPORTS: dict[str, Export] = {**WJX, **CHINESE, **ABROAD}
