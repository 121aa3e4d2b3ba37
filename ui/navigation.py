"""The pages of the window, in the order of a manager's day."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from models.texts import N_, tr
from ui import theme
from ui.session import Session


@dataclass(frozen=True)
class Page:
    """One page: its module is imported when it is first shown. ``entities`` are those it lists."""

    id: str
    text: str
    module: str
    widget: str
    entities: tuple[str, ...] = ()


PAGES = (
    Page("today", N_("Today"), "ui.pages.today", "TodayPage"),
    Page(
        "customers", N_("Customers"), "ui.pages.customers", "CustomersPage",
        ("customer", "contact", "activity", "follow_up_plan", "contract"),
    ),
    Page(
        "pool", N_("Pool"), "ui.pages.pool", "PoolPage",
        ("ownership_claim", "pool_move", "pool_rule"),
    ),
    Page(
        "pipeline", N_("Pipeline"), "ui.pages.pipeline", "PipelinePage",
        ("opportunity", "stage_change"),
    ),
    Page(
        "orders", N_("Orders"), "ui.pages.orders", "OrdersPage",
        ("order", "order_line", "receipt"),
    ),
    Page(
        "goals", N_("Goals"), "ui.pages.goals", "GoalsPage",
        ("goal", "key_result", "goal_checkpoint", "goal_agreement", "commitment"),
    ),
    Page(
        "tasks", N_("Tasks"), "ui.pages.tasks", "TasksPage",
        (
            "task", "project", "help_request", "template", "checklist_item", "task_dependency",
            "collaborator", "meeting", "decision",
        ),
    ),
    Page(
        "workbooks", N_("Workbooks"), "ui.pages.workbooks", "WorkbooksPage",
        ("workbook", "cell_conflict", "announcement", "read_receipt", "suggestion"),
    ),
    Page(
        "evaluations", N_("Evaluations"), "ui.pages.evaluations", "EvaluationsPage",
        (
            "evaluation", "evaluation_cycle", "appeal", "scorecard_template", "scorecard_item",
            "grade_band", "evaluation_rating", "signature",
        ),
    ),
    Page(
        "growth", N_("Growth"), "ui.pages.growth", "GrowthPage",
        (
            "improvement_plan", "plan_action", "feedback", "one_on_one", "promise",
            "recognition_award", "cultural_value",
        ),
    ),
    Page(
        "capacity", N_("Capacity"), "ui.pages.capacity", "CapacityPage",
        ("leave", "cover", "skill", "skill_level", "assignment_decision", "opportunity_ledger"),
    ),
    Page(
        "team", N_("Team"), "ui.pages.team", "TeamPage",
        ("salesperson", "team", "region", "product", "calendar_day"),
    ),
    Page(
        "satisfaction", N_("Satisfaction"), "ui.pages.satisfaction", "SatisfactionPage",
        ("survey_response", "complaint", "survey_form"),
    ),
    Page("insights", N_("Insights"), "ui.pages.insights", "InsightsPage"),
)  # fmt: skip


def key_of(number: int) -> str:
    """The key of the page of this number, counted from 1; "" for those after the tenth."""
    return f"Ctrl+{number % 10}" if number <= 10 else ""


def home_of(entity: str) -> Page | None:
    """The page that lists an entity's records."""
    return next((one for one in PAGES if entity in one.entities), None)


def make_page(id: str, session: Session, parent: QWidget) -> Any:
    """Build the page of this id."""
    page = next(one for one in PAGES if one.id == id)
    return getattr(import_module(page.module), page.widget)(session, parent)


class Navigation(QListWidget):
    """The list at the left; ``chosen`` carries the page's id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in PAGES:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, page.id)
            self.addItem(item)
        self.currentItemChanged.connect(self._changed)
        self.itemSelectionChanged.connect(self._selected)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.setAccessibleName(tr(N_("Pages")))
        self.setFixedWidth(theme.scaled(168))
        self.setIconSize(QSize(theme.scaled(20), theme.scaled(20)))
        for at, page in enumerate(PAGES):
            self.item(at).setText(tr(page.text))
            self.item(at).setIcon(theme.icon(page.id))

    def choose(self, id: str) -> None:
        """Select a page."""
        for at, page in enumerate(PAGES):
            if page.id == id:
                self.setCurrentRow(at)

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _selected(self) -> None:
        """Who works by a screen reader selects an item without making it the current one."""
        chosen = self.selectedItems()
        if chosen and chosen[0] is not self.currentItem():
            self.setCurrentItem(chosen[0])
