"""Which records the texts of returned link cells mean."""

from __future__ import annotations

from collections.abc import Mapping

from models import links
from models.describe import parsing
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal import entries
from models.public_ids import PublicIds
from models.refusals import Refused
from models.sheets import own
from models.texts import N_


class Links:
    """Which records the texts of link cells mean; each is looked up once."""

    def __init__(
        self,
        db: Connection,
        schema: Schema,
        public: PublicIds,
        labels: Mapping[str, Mapping[int, str]],
    ) -> None:
        self._db, self._schema, self._public = db, schema, public
        self.labels = labels
        self._named: dict[str, dict[str, int | None]] = {}
        self._known: dict[tuple[str, str], tuple[int | None, str]] = {}

    def label(self, target: str, row: object) -> str:
        """What a cell said for a record when the workbook left."""
        return self.labels.get(target, {}).get(row, "") if isinstance(row, int) else ""

    def meant(self, target: str, text: str) -> tuple[int | None, str]:
        """The record that a text means, or why it means none."""
        key = (target, text)
        if key not in self._known:
            self._known[key] = self._look(target, text)
        return self._known[key]

    def _look(self, target: str, text: str) -> tuple[int | None, str]:
        try:
            row = self._by_id(target, text)
            if row is None:
                row = self._by_label(target, text)
            if row is None:
                row = self._live(target, text)
        except Refused as refused:
            return None, refused.message
        return row, ""

    def _by_id(self, target: str, text: str) -> int | None:
        """The record whose id stands in a text; a name beside it that is another one's is refused."""
        label, id = own.link_id(text)
        row = self._public.row(self._schema.entity(target).prefix, id) if id else None
        if row is None or not self._alive(target, row):
            return None
        if label and parsing.fold(label) not in self._names(target, row):
            raise Refused(
                "name_and_id",
                N_("“{label}” and the id {id} are not of one record. Write one of them alone."),
                label=label,
                id=id,
            )
        return row

    def _names(self, target: str, row: int) -> set[str]:
        """What a record is called now and was called when the workbook left."""
        now = entries.label(self._db, self._schema, target, row)
        then = own.link_id(self.label(target, row))[0]
        return {parsing.fold(one) for one in (now, then)}

    def _by_label(self, target: str, text: str) -> int | None:
        """The one record that this workbook calls so, if it is still there."""
        if target not in self._named:
            named: dict[str, int | None] = {}
            for row, label in self.labels.get(target, {}).items():
                folded = parsing.fold(label)
                named[folded] = None if folded in named else row
            self._named[target] = named
        found = self._named[target].get(parsing.fold(text))
        return found if found is not None and self._alive(target, found) else None

    def _live(self, target: str, text: str) -> int:
        try:
            return links.resolve(self._db, self._schema, self._public, target, text)
        except Refused as refused:
            plainer = parsing.fold(text)
            if refused.code != "unknown_link" or plainer == text:
                raise
            return links.resolve(self._db, self._schema, self._public, target, plainer)

    def _alive(self, target: str, row: int) -> bool:
        found = self._db.one(f"SELECT 1 FROM {quoted(target)} WHERE id = ? AND alive = 1", (row,))
        return bool(found)
