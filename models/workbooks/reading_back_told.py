"""What is told of a returned file: each thing with its place and what can be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from models.refusals import Place
from models.sheets import writing
from models.texts import N_, tr
from models.workbooks.items import Problem
from models.workbooks.reading_back_tables import Table

_EACH = 20  # locked cells of one column that are told one by one


class Told:
    """The problems of one file, in the order in which they are met."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.made: list[Problem] = []
        self._locked: Counter[tuple[int, int]] = Counter()

    def say(
        self,
        code: str,
        template: str,
        table: Table | None = None,
        number: int | None = None,
        column: int | None = None,
        value: str = "",
        **values: object,
    ) -> None:
        """Tell something; ``number`` is the sheet's row from 0, ``column`` its column from 0."""
        sheet = table.grid.name if table else ""
        heading = ""
        if table is not None and column is not None:
            heading = table.headings.get(column) or writing.letters(column)
        place = Place(self.file, sheet, None if number is None else number + 1, heading, value)
        self.made.append(Problem(code, tr(template, **values), place))

    def about_columns(self, table: Table, missing: list[str], template: bool) -> None:
        """Columns that are no part of the workbook, and columns of it that are gone."""
        joint = tr(N_(", "))
        if table.extra and not template:
            self.say(
                "extra_column",
                N_("Columns that are not part of the workbook are not read: {columns}."),
                table,
                columns=joint.join(table.extra),
            )
        if missing:
            self.say(
                "missing_column",
                N_(
                    "Columns of the workbook are not in the sheet: {columns}. Their values stay as they are."
                ),
                table,
                columns=joint.join(missing),
            )

    def locked(self, table: Table, number: int, column: int, value: str) -> None:
        """A cell that is not for change was changed; of a column one by one at first, then by number."""
        self._locked[id(table), column] += 1
        if self._locked[id(table), column] <= _EACH:
            self.say(
                "locked_cell",
                N_(
                    "This cell is only to be read; what is written there now is not taken. Change it in the program, or ask for it."
                ),
                table,
                number,
                column,
                value,
            )

    def more_locked(self, tables: Sequence[Table]) -> None:
        """How many more cells of columns were changed that are not for change."""
        for table in tables:
            for column in table.columns:
                more = self._locked[id(table), column] - _EACH
                if more > 0:
                    self.say(
                        "locked_cell",
                        N_("Further cells of this column that are only to be read: {count}. They are not taken either."),
                        table,
                        None,
                        column,
                        count=more,
                    )  # fmt: skip

    def unreadable(self, table: Table, number: int, column: int, value: str, why: str) -> None:
        """A cell holds nothing that its field can hold."""
        self.say(
            "unreadable",
            N_("{why} The value that was there stays until somebody decides."),
            table,
            number,
            column,
            value,
            why=why,
        )

    def strange_id(self, table: Table, number: int, id: str) -> None:
        """An id that no record of this table has."""
        self.say(
            "strange_id",
            N_(
                "There is no record with the id {id} in this table; the row is not read. Empty the cell of the id to add it as a new row."
            ),
            table,
            number,
            table.id_at,
            id,
            id=id,
        )

    def no_new_rows(self, table: Table, number: int) -> None:
        """A row was typed where none can be added."""
        self.say(
            "no_new_rows",
            N_("No rows can be added in this table; this one is not read. Add it in the program."),
            table,
            number,
        )

    def other_table(self, table: Table) -> None:
        """A table of records that is not one of this workbook."""
        self.say(
            "other_table",
            N_("This table is not part of the workbook and is not read. Use Import for it."),
            table,
        )

    def no_tables(self) -> None:
        """A workbook of which nothing but other sheets came back."""
        self.say(
            "no_tables",
            N_(
                "None of the workbook's tables is in this file. Send the whole workbook, or the sheet that was filled in."
            ),
        )

    def row_twice(self, table: Table, number: int, other: Table, first: int) -> None:
        """Two rows of one record say different things."""
        self.say(
            "row_twice",
            N_(
                "The same record stands in row {row} of sheet {sheet} too, and says something else there. Both are asked about."
            ),
            table,
            number,
            row=first + 1,
            sheet=other.grid.name,
        )

    def ids_lost(self, table: Table, found: int) -> None:
        """The ids of a table are gone."""
        self.say(
            "ids_lost",
            N_(
                "The ids of this table are gone. Rows that were found again by their contents: {count}. Look through them."
            ),
            table,
            count=found,
        )

    def ids_shifted(self, table: Table, found: int) -> None:
        """The ids stand beside the wrong rows."""
        self.say(
            "ids_shifted",
            N_(
                "The ids of this table stand beside other rows than they did, as sorting without their column leaves them. Rows that were found by their contents: {count}. Look through them."
            ),
            table,
            count=found,
        )

    def pasted_over(self, table: Table, number: int, other: int) -> None:
        """A row says what another record says."""
        self.say(
            "pasted_over",
            N_(
                "This row now says what row {row} says. If another row was pasted over it by accident, decline its changes."
            ),
            table,
            number,
            row=other + 1,
        )

    def matched_row(self, table: Table, number: int) -> None:
        """The id of one row is gone."""
        self.say(
            "matched_row",
            N_("The id of this row is gone; the record was found by the row's contents."),
            table,
            number,
        )

    def total(self, table: Table, number: int) -> None:
        """A row of sums below the records."""
        self.say(
            "total_row",
            N_("This row adds up others; it is not read as a record."),
            table,
            number,
        )
