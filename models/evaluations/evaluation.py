"""A round of evaluations, one person's evaluation in it, and what people judge, sign and object to."""

from __future__ import annotations

from datetime import date as day
from decimal import Decimal

from models import moments
from models.describe.field import Choice, Entity
from models.describe.fields import (
    choice,
    citations,
    date,
    flag,
    instant,
    integer,
    link,
    long_text,
    number,
    period,
    text,
)
from models.texts import N_

STAGES = (
    Choice("planned", N_("Planned"), ("计划中",)),
    Choice("goal_setting", N_("Setting goals"), ("目标设定",)),
    Choice("running", N_("Running"), ("进行中", "执行中")),
    Choice("self_review", N_("Self-review"), ("自评",)),
    Choice("manager_review", N_("Manager's review"), ("上级评", "主管评价")),
    Choice("calibration", N_("Calibration"), ("校准",)),
    Choice("talk", N_("Talk"), ("面谈", "绩效面谈")),
    Choice("signed", N_("Signed"), ("已签字",)),
    Choice("archived", N_("Archived"), ("已归档",)),
)
RATERS = (
    Choice("self", N_("Self"), ("自评", "本人")),
    Choice("manager", N_("Manager"), ("上级", "主管")),
    Choice("peer", N_("Colleague"), ("同事", "互评")),
)
SIGNERS = RATERS[:2]
APPEAL_STATUSES = (
    Choice("filed", N_("Filed"), ("已提出",)),
    Choice("answered", N_("Answered"), ("已答复",)),
    Choice("closed", N_("Closed"), ("已关闭",)),
)
APPEAL_OUTCOMES = (
    Choice("upheld", N_("Result stands"), ("维持",)),
    Choice("corrected", N_("Corrected"), ("更正",)),
)

_PLACES = " ".join(f"WHEN '{one.code}' THEN {at}" for at, one in enumerate(STAGES))
# The stage of a cycle ``{t}``: the least of its people's in their latest versions, its own without any.
STATUS_SQL = (
    "coalesce((SELECT se.status FROM evaluation se WHERE se.alive = 1 AND se.cycle = {t}.id "
    "AND NOT EXISTS (SELECT 1 FROM evaluation sl WHERE sl.alive = 1 AND sl.replaces = se.id) "
    f"ORDER BY CASE se.status {_PLACES} ELSE 0 END LIMIT 1), {{t}}.status)"
)
# A self-review is its author's until it is handed in.
_NOT_HANDED_IN = (
    "{t}.rated_by = 'self' AND NOT EXISTS (SELECT 1 FROM evaluation sv WHERE sv.id = {t}.evaluation "
    "AND sv.self_handed_in_at IS NOT NULL)"
)


EVALUATION_CYCLE = Entity(
    "evaluation_cycle",
    "EC",
    N_("Evaluation cycle"),
    N_("Evaluation cycles"),
    (
        text(
            "name",
            N_("Evaluation cycle"),
            "考核周期名称|考核轮次",
            required=True,
            searched=True,
            help=N_("What it is called, such as Evaluation 2026-Q4."),
        ),
        period(
            "period",
            N_("Period"),
            "考核期间|考核周期",
            required=True,
            help=N_("The time that is looked at."),
        ),
        date(
            "starts_on",
            N_("Starts on"),
            help=N_("The first day that counts; it follows from the period."),
        ),
        date(
            "ends_on",
            N_("Ends on"),
            help=N_("The last day that counts; it follows from the period."),
        ),
        link(
            "team",
            N_("Team"),
            "team",
            "考核团队",
            help=N_("Only this team and those below it; empty is everybody."),
        ),
        choice(
            "status",
            N_("Status"),
            STAGES,
            "考核状态",
            required=True,
            default="planned",
            read_as=STATUS_SQL,
            help=N_("How far it is; each person's evaluation has its own."),
        ),
        date(
            "self_review_due",
            N_("Self-reviews due"),
            "自评截止",
            help=N_("By when people judge themselves."),
        ),
        date(
            "manager_review_due",
            N_("Manager's reviews due"),
            "上级评截止",
            help=N_("By when managers judge."),
        ),
        date("talk_due", N_("Talks due"), "面谈截止", help=N_("By when it is talked over.")),
        integer(
            "appeal_days",
            N_("Days for appeals"),
            "申诉答复天数",
            default=7,
            minimum=Decimal(1),
            maximum=Decimal(366),
            help=N_("Within how many days an appeal is to be answered."),
        ),
        long_text(
            "notes",
            N_("Notes"),
            "备注|说明|remark|remarks",
            help=N_("Whatever else is worth knowing."),
        ),
    ),
    keys=(("name",),),
    headers=("考核周期", "evaluation cycles"),
)

EVALUATION = Entity(
    "evaluation",
    "EV",
    N_("Evaluation"),
    N_("Evaluations"),
    (
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "被考核人|业务员|姓名",
            required=True,
            help=N_("Who is evaluated."),
        ),
        link(
            "cycle",
            N_("Evaluation cycle"),
            "evaluation_cycle",
            "所属考核周期|考核周期",
            required=True,
            help=N_("The cycle that it is part of."),
        ),
        integer(
            "version",
            N_("Version"),
            "考核版本",
            required=True,
            default=1,
            minimum=Decimal(1),
            help=N_("Counted from 1; a correction after signing makes the next."),
        ),
        link(
            "replaces",
            N_("Corrects"),
            "evaluation",
            help=N_("The signed version that it corrects."),
        ),
        link(
            "scorecard",
            N_("Scorecard"),
            "scorecard_template",
            "使用考核表",
            help=N_("What it is judged by."),
        ),
        link(
            "manager",
            N_("Evaluated by"),
            "salesperson",
            "考核人",
            help=N_("Who judges and talks it over."),
        ),
        choice(
            "status",
            N_("Status"),
            STAGES,
            "考核进度",
            required=True,
            default="planned",
            help=N_("How far it is."),
        ),
        date("starts_on", N_("Counts from"), help=N_("The first day that counts for this person.")),
        date("ends_on", N_("Counts to"), help=N_("The last day that counts for this person.")),
        flag(
            "self_handed_in",
            N_("Self-review handed in"),
            "自评已提交|已提交自评",
            read_as="coalesce({t}.self_handed_in, {t}.self_handed_in_at IS NOT NULL)",
            help=N_("Yes once the self-review is ready; from then on the manager sees it."),
        ),
        instant(
            "self_handed_in_at",
            N_("Self-review handed in at"),
            help=N_("When the self-review was handed in; until then nobody else sees it."),
        ),
        text(
            "self_waived",
            N_("Why without a self-review"),
            help=N_("Why the manager judges although none was handed in, in words."),
        ),
        instant(
            "manager_done_at",
            N_("Manager's review done at"),
            help=N_("When the manager's review was finished."),
        ),
        number(
            "data_score",
            N_("Score by data"),
            help=N_("The points of the computed items alone, when they were last worked out."),
        ),
        number(
            "self_score",
            N_("Score by oneself"),
            help=N_("The points of the judged items by the person themselves."),
        ),
        number(
            "manager_score",
            N_("Score by the manager"),
            help=N_("The points of the judged items by the manager."),
        ),
        number(
            "peer_score",
            N_("Score by colleagues"),
            help=N_("The points of the judged items by colleagues; it informs and never counts."),
        ),
        number(
            "adjustment",
            N_("Adjusted by"),
            help=N_("What calibration added or took away, in points."),
        ),
        text(
            "adjustment_reason",
            N_("Why adjusted"),
            help=N_("The reason, in the words of who did it."),
        ),
        number(
            "total",
            N_("Total points"),
            help=N_("The total, when it was last worked out; after signing it stands."),
        ),
        text("grade", N_("Grade"), help=N_("The grade that the total has.")),
        text(
            "band", N_("Group"), help=N_("Who stands in one group can't be told apart by the data.")
        ),
        long_text("comment", N_("Overall comment"), help=N_("What the manager says of the whole.")),
        long_text(
            "presented",
            N_("What is signed"),
            help=N_("The whole result as it is put before both for signature, as JSON."),
            in_grid=False,
        ),
        long_text("notes", N_("Notes"), help=N_("Whatever else is worth knowing.")),
    ),
    title=("person", "cycle"),
    whole_title=True,
    keys=(("cycle", "person", "version"),),
    headers=("考核", "绩效考核", "evaluations"),
)

EVALUATION_RATING = Entity(
    "evaluation_rating",
    "ER",
    N_("Judgement"),
    N_("Judgements"),
    (
        link(
            "evaluation",
            N_("Evaluation"),
            "evaluation",
            required=True,
            help=N_("The evaluation that it belongs to."),
        ),
        link("item", N_("Item"), "scorecard_item", required=True, help=N_("What is judged.")),
        choice(
            "rated_by",
            N_("Judged by"),
            RATERS,
            required=True,
            default="manager",
            help=N_("Who judges: the person, the manager, or a colleague."),
        ),
        link("rater", N_("Name of who judges"), "salesperson", help=N_("Who it was.")),
        number(
            "level",
            N_("Level given"),
            minimum=Decimal(1),
            maximum=Decimal(5),
            closed_while=_NOT_HANDED_IN,
            help=N_(
                "From 1 to 5, as the levels of the item are described. A self-review shows once it is handed in."
            ),
        ),
        long_text(
            "comment",
            N_("Reason"),
            closed_while=_NOT_HANDED_IN,
            help=N_("What was seen, in words."),
        ),
        citations(
            "cites",
            N_("Cited records"),
            closed_while=_NOT_HANDED_IN,
            help=N_("The ids of records or feedback that show it, with blanks between them."),
        ),
        instant("rated_at", N_("Judged at"), default_from=moments.now, help=N_("When.")),
    ),
    title=("item", "rated_by"),
    keys=(("evaluation", "item", "rated_by", "rater"),),
    blank_keys=("rater",),
    part_of="evaluation",
)

SIGNATURE = Entity(
    "signature",
    "SG",
    N_("Signature"),
    N_("Signatures"),
    (
        link(
            "evaluation", N_("Evaluation"), "evaluation", required=True, help=N_("What was signed.")
        ),
        link("person", N_("Signed by"), "salesperson", required=True, help=N_("Who signed.")),
        choice(
            "signed_as",
            N_("Signed as"),
            SIGNERS,
            required=True,
            help=N_("As the person evaluated, or as the manager."),
        ),
        instant(
            "signed_at", N_("Signed at"), required=True, default_from=moments.now, help=N_("When.")
        ),
        flag(
            "agrees",
            N_("Agrees"),
            default=True,
            help=N_("Whether the person agrees; who doesn't signs to have seen it."),
        ),
        long_text(
            "comment", N_("Remark"), help=N_("What the signer wants to have said beside it.")
        ),
        text("digest", N_("Digest"), help=N_("The SHA-256 of what was signed.")),
    ),
    title=("person", "signed_as"),
    keys=(("evaluation", "signed_as"),),
    part_of="evaluation",
    happens="signed_at",
)

APPEAL = Entity(
    "appeal",
    "AP",
    N_("Appeal"),
    N_("Appeals"),
    (
        link(
            "evaluation",
            N_("Evaluation"),
            "evaluation",
            required=True,
            help=N_("The result that it is about."),
        ),
        link(
            "item",
            N_("Item"),
            "scorecard_item",
            help=N_("The item that it is about; empty is the whole."),
        ),
        link("person", N_("Appealed by"), "salesperson", required=True, help=N_("Who objects.")),
        date(
            "filed_on",
            N_("Filed on"),
            required=True,
            default_from=day.today,
            help=N_("The day of the appeal."),
        ),
        long_text(
            "reason",
            N_("Objection"),
            required=True,
            help=N_("What is thought to be wrong, and what it should be."),
        ),
        date(
            "answer_due",
            N_("Answer due"),
            help=N_("By when it is to be answered; it follows from the cycle."),
        ),
        choice(
            "status",
            N_("Status"),
            APPEAL_STATUSES,
            required=True,
            default="filed",
            help=N_("How far it is."),
        ),
        choice(
            "outcome",
            N_("Appeal outcome"),
            APPEAL_OUTCOMES,
            help=N_("Whether the result stands or is corrected."),
        ),
        long_text("answer", N_("Answer"), help=N_("What is said to it.")),
        date("answered_on", N_("Answered on"), help=N_("The day of the answer.")),
        link(
            "correction",
            N_("Corrected version"),
            "evaluation",
            help=N_("The version that corrects the result."),
        ),
    ),
    title=("evaluation", "filed_on"),
    keys=(("evaluation", "filed_on", "item"),),
    blank_keys=("item",),
    happens="filed_on",
)
