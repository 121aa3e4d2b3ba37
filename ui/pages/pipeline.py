"""The pipeline: deals on a board by stage, or as a table."""

from __future__ import annotations

from models.describe import filters
from models.texts import N_, tr
from ui.pages.board import Board
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Deals(RecordPage):
    """All deals as a table."""

    entity = "opportunity"
    columns = (
        "name", "code", "customer", "owner", "stage", "status", "amount", "probability", "product",
        "opened_on", "expected_close", "closed_on",
    )  # fmt: skip


class StageHistory(RecordPage):
    """Which deal entered which stage when."""

    entity = "stage_change"


class PipelinePage(TabbedPage):
    """Board, table and stage history behind tabs."""

    lists = (Deals, StageHistory)

    def _add_own_tabs(self) -> int:
        self.board = Board(self._session, self.tabs)
        self.board.opened.connect(self._open)
        self.board.listed.connect(self._list_stage)
        self.tabs.addTab(self.board, "")
        return 1

    def retranslate(self) -> None:
        """Show everything in the current language."""
        super().retranslate()
        self.tabs.setTabText(0, tr(N_("Board")))
        self.board.reload()

    def _list_stage(self, name: str) -> None:
        page = self.list_of("opportunity")
        if page is not None:
            page.show_all()
            stage = self._session.book.schema.entity("opportunity").field("stage").text()
            page.filter.setText(filters.text(filters.Compare(stage, "=", (name,))))
            page.reload()

    def _open(self, deal: int) -> None:
        page = self.list_of("opportunity")
        if page is not None:
            page.pick(deal)
