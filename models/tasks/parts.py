"""What belongs to a task: its checklist, what must be done before it, who works on it too."""

from __future__ import annotations

from models.describe.field import Entity
from models.describe.fields import flag, integer, link, percent, text
from models.texts import N_

CHECKLIST_ITEM = Entity(
    "checklist_item",
    "CI",
    N_("Checklist item"),
    N_("Checklist"),
    (
        link(
            "task",
            N_("Task"),
            "task",
            "所属任务",
            required=True,
            help=N_("The task that it is a step of."),
        ),
        integer("place", N_("Place"), "步骤序号", help=N_("Where it stands in the list.")),
        text(
            "title",
            N_("Step"),
            "步骤|检查项|step",
            required=True,
            help=N_("What is to be ticked off."),
        ),
        flag("done", N_("Done"), "是否完成", help=N_("Whether it is done.")),
    ),
    title=("title",),
    keys=(("task", "title"),),
    headers=("检查项", "任务步骤", "checklist"),
)

TASK_DEPENDENCY = Entity(
    "task_dependency",
    "TD",
    N_("Dependency"),
    N_("Dependencies"),
    (
        link(
            "task",
            N_("Task"),
            "task",
            "后续任务",
            required=True,
            help=N_("The task that has to wait."),
        ),
        link(
            "after",
            N_("Waits for"),
            "task",
            "前置任务|依赖任务|predecessor",
            required=True,
            help=N_("The task that must be done first."),
        ),
    ),
    title=("task",),
    keys=(("task", "after"),),
    headers=("任务依赖", "dependencies"),
)

COLLABORATOR = Entity(
    "collaborator",
    "CB",
    N_("Collaborator"),
    N_("Collaborators"),
    (
        link(
            "task",
            N_("Task"),
            "task",
            "协作任务",
            required=True,
            help=N_("The task that is shared."),
        ),
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "协作人|协助人",
            required=True,
            help=N_("Who works on it beside its owner."),
        ),
        percent(
            "share",
            N_("Share"),
            "分工比例|业绩比例",
            help=N_("How much of the work and the credit is theirs; the owner has the rest."),
        ),
        text("part", N_("Part"), "分工|负责内容", help=N_("What they do.")),
    ),
    title=("task", "person"),
    keys=(("task", "person"),),
    headers=("协作人", "任务协作", "collaborators"),
)
