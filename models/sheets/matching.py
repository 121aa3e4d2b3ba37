"""Which waiting records are records of the book, which are new, and what would change.

All set-based. Single-field keys (a number, a tax code, a name) identify: rows with one key are one
record, a weaker key never overrules a stronger one. Keys of several fields only pair: the first such
row with the first such record, the second with the second, so that repeated rows are never merged.
"""

from __future__ import annotations

from typing import Any

from models.describe.field import Entity, Field
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.public_ids import PublicIds
from models.refusals import Refused
from models.sales.set_rules import SET_RULES
from models.sheets.citing import Citing
from models.sheets.look_alikes import LookAlikes, Meanings
from models.sheets.merging import Merging
from models.sheets.report import Options, Problem, TableReport
from models.sheets.staging import NAME, Staging
from models.sheets.standing_rows import StandingRows
from models.sheets.waiting import Waiting
from models.texts import N_, ntr, tr

_WORDS = {"add": "added", "update": "updated", "same": "unchanged"}  # states as they are counted


class Matcher(Waiting):
    """Matches everything that waits in one staging database."""

    def __init__(
        self,
        book: Connection,
        schema: Schema,
        staging: Staging,
        options: Options,
        reports: list[TableReport],
        meanings: Meanings,
        public: PublicIds,
    ) -> None:
        super().__init__(book, schema, staging, reports)
        self._merging = Merging(book, schema, staging, reports)
        self._standing = StandingRows(book, schema, staging, reports)
        self._citing = Citing(
            book, schema, staging, reports, public, lenient=options.blank_unreadable
        )
        self._meanings = meanings
        self._alike: dict[str, LookAlikes] = {}
        self._options = options
        # Records that are added and updated, by kind: those made of names alone, and all.
        self.linked: dict[str, dict[str, int]] = {}
        self.totals: dict[str, dict[str, int]] = {}

    def run(self) -> None:
        """Settle identity, state and links of every waiting record, and count."""
        entities = self._staging.entities()
        self._look(entities)
        for entity in entities:
            if self._db.one(
                f"SELECT 1 FROM {self._s(entity)} WHERE coalesce(state, row, same) IS NOT NULL LIMIT 1"
            ):
                self._db.run(
                    f"UPDATE {self._s(entity)} SET row = NULL, old = NULL, same = NULL, state = NULL, alike = NULL"
                )
        for entity in entities:
            self._citing.restore(entity)
            self._left_out(entity)
        for entity in entities:
            self._settle(entity)
            self._apply(entity, "before")
            self._merging.same(entity)
            self._match(entity)
            self._number(entity)
            self._apply(entity, "between")
        for entity in entities:
            self._citing.look(entity)
        for entity in entities:
            self._settle(entity)
            self._standing.leave_out_new(entity)
            self._orphans(entity)
        for entity in entities:
            self._apply(entity, "apply")
        for entity in entities:
            self._compare(entity)
            self._standing.leave_out_changed(entity)
            self._standing.tell_copies(entity)
            self._tally(entity)
            self._tell_emptied(entity)
        for alike in self._alike.values():
            alike.tell(self._reports)

    def _apply(self, entity: Entity, when: str) -> None:
        """What the rules of a kind of record fill in, at one of their times."""
        rule = SET_RULES.get(entity.id)
        if rule is not None and set(rule.needs) <= self._fields(entity):
            statement = getattr(rule, when)
            if statement is not None:
                statement(self._db, NAME)

    def _look(self, entities: list[Entity]) -> None:
        """Names that were said to mean others take those, before anything is compared."""
        self._alike = {
            one.id: LookAlikes(self._db, one, self._singles(one), self._meanings)
            for one in entities
            if one.look_alike and one.title[0] in self._fields(one)
        }
        for alike in self._alike.values():
            alike.rename()

    def _left_out(self, entity: Entity) -> None:
        """Rows with a link that means nobody, or several, are left out and reported."""
        for name in self._links(entity):
            target = self._schema.entity(entity.field(name).target)
            told: set[tuple[int, int, str]] = set()
            rows = self._db.run(
                f"SELECT s.seq, s.tbl, s.line, m.text, m.code FROM {self._s(entity)} s JOIN {NAME}.meant m "
                f"ON m.target = ? AND m.text = s.{quoted(name + '_t')} WHERE m.code IS NOT NULL",
                (target.id,),
            )
            for _, table, line, text, code in rows:
                if table is None or (table, line, text) in told:
                    continue
                told.add((table, line, text))  # one row of a wide sheet is many records
                template = (
                    N_("There is no {entity} called “{value}”.")
                    if code == "unknown_link"
                    else N_(
                        "Several records of {entity} are called “{value}”. Use the number or id of the one you mean."
                    )
                )
                self._blame(
                    table,
                    Problem(
                        line,
                        self._header(table, entity, name),
                        text,
                        code,
                        tr(template, entity=target.text(), value=text),
                    ),
                )
            self._db.many(
                f"UPDATE {self._s(entity)} SET state = 'skip' WHERE seq = ?",
                [(row[0],) for row in rows],
            )

    def _settle(self, entity: Entity) -> None:
        """Links to waiting records take the row that those have, or will have."""
        for name in self._links(entity):
            target = entity.field(name).target
            if not self._waits(target):
                continue
            t = f"{NAME}.{quoted(target)}"
            link, seq = quoted(name), quoted(name + "_s")
            self._db.run(
                f"UPDATE {self._s(entity)} AS s SET {seq} = t.same FROM {t} t "
                f"WHERE s.{seq} IS NOT NULL AND t.seq = s.{seq} AND t.same IS NOT NULL"
            )
            self._db.run(
                f"UPDATE {self._s(entity)} AS s SET {link} = t.row FROM {t} t WHERE s.{seq} IS NOT NULL AND t.seq = s.{seq}"
            )

    def _match(self, entity: Entity) -> None:
        """Find the book's record of each waiting one."""
        table, target = self._s(entity), quoted(entity.id)
        self._db.run(
            f"UPDATE {table} AS s SET row = s.pid WHERE s.pid IS NOT NULL AND EXISTS (SELECT 1 FROM {target} t WHERE t.id = s.pid AND t.alive = 1)"
        )
        if self._options.match == "add" or not self._db.one(
            f"SELECT 1 FROM {target} WHERE alive = 1 LIMIT 1"
        ):
            return
        singles = self._singles(entity)
        for place, key in enumerate(singles):
            self._by_single(entity, key, singles[:place])
        for keys in self._several(entity):
            self._by_pairing(entity, keys, singles)
        if entity.id in self._alike:
            self._alike[entity.id].take()
        # Two waiting records of one book record: the later adds nothing of its own.
        self._db.run(
            f"UPDATE {table} AS s SET same = f.first FROM (SELECT row, min(seq) AS first FROM {table} WHERE row IS NOT NULL AND same IS NULL GROUP BY row HAVING count(*) > 1) f WHERE f.row = s.row AND s.seq <> f.first AND s.same IS NULL"
        )

    def _by_single(self, entity: Entity, key: str, stronger: list[str]) -> None:
        table, target, k = self._s(entity), quoted(entity.id), quoted(key)
        guard = "".join(
            f" AND (t.{quoted(one)} IS NULL OR s.{quoted(one)} IS NULL OR t.{quoted(one)} = s.{quoted(one)})"
            for one in stronger
        )
        apart = [one for one in entity.discriminators if one in self._fields(entity)]
        exact = "".join(f" AND t.{quoted(one)} IS s.{quoted(one)}" for one in apart)
        alone = (
            f"(SELECT count(*) FROM {table} o WHERE o.{k} = s.{k} AND o.same IS NULL) = 1"
            if apart
            else "1"
        )
        self._db.run("DROP TABLE IF EXISTS temp.hit")
        if apart:
            self._db.run(
                f"CREATE INDEX IF NOT EXISTS {NAME}.{quoted('by_' + entity.id + '_' + key)} ON {quoted(entity.id)} ({k})"
            )
        wanted = f"FROM {table} s JOIN {target} t ON t.{k} = s.{k} AND t.alive = 1 WHERE s.row IS NULL AND s.same IS NULL AND s.state IS NULL"
        if apart:
            self._db.run(
                f"CREATE TEMP TABLE hit AS SELECT s.seq AS seq, min(t.id) AS id, count(*) AS n {wanted}{guard}{exact} GROUP BY s.seq"
            )
            self._db.run(
                f"UPDATE {table} AS s SET row = h.id FROM temp.hit h WHERE h.seq = s.seq AND h.n = 1"
            )
            self._db.run("DROP TABLE temp.hit")
        self._db.run(
            f"CREATE TEMP TABLE hit AS SELECT s.seq AS seq, min(t.id) AS id, count(*) AS n, s.tbl AS tbl, s.line AS line, s.{k} AS k {wanted}{guard} AND {alone} GROUP BY s.seq"
        )
        self._db.run(
            f"UPDATE {table} AS s SET row = h.id FROM temp.hit h WHERE h.seq = s.seq AND h.n = 1"
        )
        if len(apart) < len(entity.discriminators) or not entity.discriminators:
            for seq, tbl, line, value, count in self._db.run(
                "SELECT seq, tbl, line, k, n FROM temp.hit WHERE n > 1"
            ):
                self._ambiguous(entity, key, seq, tbl, line, value, count)

    def _by_pairing(self, entity: Entity, keys: tuple[str, ...], singles: list[str]) -> None:
        table, target = self._s(entity), quoted(entity.id)
        columns = ", ".join(quoted(one) for one in keys)
        filled = " AND ".join(
            f"{quoted(one)} IS NOT NULL" for one in keys if one not in entity.blank_keys
        )
        alone = "".join(f" AND {quoted(one)} IS NULL" for one in singles if one not in keys)
        alone += self._weaker(entity, keys)
        # The plus takes the column's affinity away: what waits has none, and only alike are indexed.
        on = " AND ".join(
            f"+t.{quoted(one)} {'IS' if one in entity.blank_keys else '='} s.{quoted(one)}"
            for one in keys
        )
        first = quoted(keys[0])
        self._db.run(
            f"""UPDATE {table} AS w SET row = p.id FROM (
                SELECT s.seq AS seq, t.id AS id FROM (
                    SELECT seq, {columns}, row_number() OVER (PARTITION BY {columns} ORDER BY seq) AS n
                    FROM {table} WHERE row IS NULL AND same IS NULL AND state IS NULL AND {filled}{alone}) s
                JOIN (SELECT id, {columns}, row_number() OVER (PARTITION BY {columns} ORDER BY id) AS n
                    FROM {target} WHERE alive = 1 AND {first} IN (SELECT {first} FROM {table})
                    AND id NOT IN (SELECT row FROM {table} WHERE row IS NOT NULL)) t
                ON {on} AND t.n = s.n) p WHERE p.seq = w.seq"""
        )

    def _number(self, entity: Entity) -> None:
        """New records get the rows that they will have."""
        table = self._s(entity)
        self._db.run(f"UPDATE {table} SET old = 1 WHERE row IS NOT NULL")
        start = int(self._db.one(f"SELECT coalesce(max(id), 0) FROM {quoted(entity.id)}"))
        count, decided, first, last = self._db.run(
            f"SELECT count(*), count(coalesce(row, same, state)), min(seq), max(seq) FROM {table}"
        )[0]
        if count and not decided and last - first + 1 == count:  # all are new, none is missing
            self._db.run(f"UPDATE {table} SET row = seq + ?", (start + 1 - first,))
            return
        self._db.run(
            f"UPDATE {table} AS s SET row = n.row FROM (SELECT seq, ? + row_number() OVER (ORDER BY seq) AS row FROM {table} "
            "WHERE row IS NULL AND same IS NULL AND state IS NULL) n WHERE n.seq = s.seq",
            (start,),
        )
        self._db.run(
            f"UPDATE {table} AS s SET row = r.row, old = r.old FROM {table} r WHERE r.seq = s.same"
        )

    def _orphans(self, entity: Entity) -> None:
        """Rows whose parent in the same row was left out, or that lack what is required."""
        for name in self._links(entity):
            if self._waits(entity.field(name).target):
                self._leave_out_with_parent(entity, name)
        for field in entity.fields:
            if field.required and field.usual is None:
                self._leave_out_without(entity, field)

    def _leave_out_with_parent(self, entity: Entity, link: str) -> None:
        table, target = self._s(entity), entity.field(link).target
        rows = self._db.run(
            f"SELECT s.seq, s.tbl, s.line FROM {table} s JOIN {NAME}.{quoted(target)} t ON t.seq = s.{quoted(link + '_s')} "
            "WHERE t.state = 'skip' AND s.state IS NULL AND s.same IS NULL"
        )
        text = tr(
            N_("The {entity} of this row is left out, so the row is too."),
            entity=self._schema.entity(target).text(),
        )
        for _, tbl, line in rows:
            if tbl is not None:
                header = self._header(tbl, entity, link)
                self._blame(tbl, Problem(line, header, "", "parent_left_out", text))
        self._skip(table, rows)

    def _leave_out_without(self, entity: Entity, field: Field) -> None:
        table = self._s(entity)
        rows = self._new_without(entity, field)
        if rows and field.kind != "link":
            # A name that is missing is stood in for by the number, when there is one.
            key = next((one for one in self._singles(entity) if one != field.id), None)
            if key is not None and field.id == entity.title[0]:
                if field.id not in self._fields(entity):
                    self._staging.want(entity, [field.id])
                self._db.run(
                    f"UPDATE {table} SET {quoted(field.id)} = {quoted(key)} WHERE {quoted(field.id)} IS NULL AND old IS NULL"
                )
                rows = self._new_without(entity, field)
        text = tr(N_("{field} must be filled in."), field=field.text())
        for _, tbl, line in rows:
            if tbl is not None:
                self._blame(tbl, Problem(line, field.text(), "", "required", text))
        self._skip(table, rows)

    def _new_without(self, entity: Entity, field: Field) -> list[tuple[Any, ...]]:
        """New rows in which a field is blank."""
        empty = f"s.{quoted(field.id)} IS NULL" if field.id in self._fields(entity) else "1"
        return self._db.run(
            f"SELECT s.seq, s.tbl, s.line FROM {self._s(entity)} s WHERE {empty} AND s.old IS NULL AND s.state IS NULL AND s.same IS NULL"
        )

    def _unsay_computed(self, entity: Entity) -> None:
        """A value that the book computes and the sheet repeats is not one that somebody entered."""
        for name in self._staging.fields[entity.id]:
            field = entity.field(name)
            if field.read_as:
                self._db.run(
                    f"UPDATE {self._s(entity)} AS s SET {quoted(name)} = NULL FROM {quoted(entity.id)} t "
                    f"WHERE t.id = s.row AND s.old = 1 AND t.{quoted(field.column)} IS NULL "
                    f"AND s.{quoted(name)} IS {field.read_as.format(t='t')}"
                )

    def _tell_emptied(self, entity: Entity) -> None:
        """Empty cells of a sheet that names its rows change nothing; that is said where it matters.

        The sheet may be older than the value: what somebody emptied can't be told from what
        somebody else has filled in since.
        """
        there = self._columns(entity) & self._fields(entity)
        for (table,) in self._db.run(
            f"SELECT DISTINCT tbl FROM {self._s(entity)} WHERE pid IS NOT NULL AND row = pid"
        ):
            listed = {one.field for one in self._reports[table].columns if one.field}
            names = [quoted(entity.field(one).column) for one in sorted(listed & there)]
            if not names:
                continue
            empty = " + ".join(f"(s.{one} IS NULL AND t.{one} IS NOT NULL)" for one in names)
            count = self._db.one(
                f"SELECT sum({empty}) FROM {self._s(entity)} s JOIN {quoted(entity.id)} t ON t.id = s.row "
                "WHERE s.tbl = ? AND s.base = 1 AND s.pid = s.row AND s.same IS NULL",
                (table,),
            )
            if count:
                self._reports[table].notes.append(
                    ntr(
                        "Empty cells change nothing: {n} cell is empty here and filled in the book. Empty it there.",
                        "Empty cells change nothing: {n} cells are empty here and filled in the book. Empty them there.",
                        count,
                    )
                )

    def _compare(self, entity: Entity) -> None:
        """State of each record: add, update or unchanged."""
        table, target = self._s(entity), quoted(entity.id)
        names = self._staging.fields[entity.id]
        self._unsay_computed(entity)
        there = self._columns(entity)
        differs = (
            " OR ".join(
                f"(s.{quoted(one)} IS NOT NULL AND t.{quoted(one)} IS NOT s.{quoted(one)})"
                if entity.field(one).column in there
                else f"s.{quoted(one)} IS NOT NULL"  # a column that the import itself adds
                for one in names
            )
            or "0"
        )
        if self._options.match == "skip":
            differs = "0"
        self._db.run(
            f"UPDATE {table} SET state = 'add' WHERE state IS NULL AND same IS NULL AND old IS NULL"
        )
        self._db.run(
            f"UPDATE {table} AS s SET state = CASE WHEN {differs} THEN 'update' ELSE 'same' END FROM {target} t WHERE s.state IS NULL AND s.same IS NULL AND t.id = s.row"
        )

    def _tally(self, entity: Entity) -> None:
        """Count the states, by table and in all."""
        table = self._s(entity)
        for tbl, state, count in self._db.run(
            f"SELECT s.tbl, r.state, count(*) FROM {table} s JOIN {table} r ON r.seq = s.same WHERE s.base = 1 AND s.tbl IS NOT r.tbl GROUP BY 1, 2"
        ):
            if tbl is not None:  # rows that say more of a record of another table
                name = (
                    "unchanged" if state == "same" else "skipped" if state == "skip" else "updated"
                )
                setattr(self._reports[tbl], name, getattr(self._reports[tbl], name) + count)
        for tbl, base, state, count in self._db.run(
            f"SELECT tbl, base, state, count(*) FROM {table} WHERE same IS NULL GROUP BY 1, 2, 3"
        ):
            if tbl is not None:
                self._tally_of(self._reports[tbl], entity, bool(base), state, count)
            if state in ("add", "update"):
                for into in (self.totals, self.linked) if tbl is None else (self.totals,):
                    found = into.setdefault(entity.id, {})
                    found[_WORDS[state]] = found.get(_WORDS[state], 0) + count

    def _tally_of(
        self, report: TableReport, entity: Entity, base: bool, state: str, count: int
    ) -> None:
        if base and state == "skip":
            report.skipped += count
        elif base:
            setattr(report, _WORDS[state], getattr(report, _WORDS[state]) + count)
        elif state in _WORDS:
            report.also.setdefault(entity.id, {})[_WORDS[state]] = count


def blocked(reports: list[TableReport]) -> Refused | None:
    """The refusal when nothing at all was recognised."""
    if any(one.entity for one in reports):
        return None
    return Refused(
        "nothing_recognised",
        N_(
            "No table was recognised in these files. Say what kind of record their rows are, or which fields their columns fill."
        ),
    )
