"""What the names in link columns mean: a record of the book, a waiting one, or nobody yet.

Order: what the person said it means (now, or in an earlier import), a public id, the label or a key
of a record in the book, its phone number or e-mail address, the same of a waiting record whatever its file. A name that fits none is
either a new record (``create_links``) or a problem of the rows that use it, with the nearest name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from models.describe import parsing
from models.describe.field import Entity
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal.entries import names_sql, title_sql
from models.names import label_key, suggest
from models.public_ids import PublicIds
from models.sales.rules import NAMED
from models.sheets import own
from models.sheets.reached import reached
from models.sheets.report import NewName, Options
from models.sheets.staging import NAME, Staging

_MEMORY = "values"  # the key of remembered meanings in mapping_memory


def remembered(book: Connection) -> dict[tuple[str, str], str]:
    """Meanings that people gave to names in earlier imports."""
    stored = book.one("SELECT columns FROM mapping_memory WHERE signature = ?", (_MEMORY,))
    return {(t, f): m for t, f, m in json.loads(stored)} if stored else {}


def remember(book: Connection, values: dict[tuple[str, str], str]) -> None:
    """Keep the meanings that were given, with those of before."""
    every = {**remembered(book), **values}
    if values:
        book.run(
            "INSERT OR REPLACE INTO mapping_memory VALUES (?, '', ?)",
            (_MEMORY, json.dumps([[t, f, m] for (t, f), m in every.items()], ensure_ascii=False)),
        )


def _plainer(text: str) -> str:
    """A name without the id after it, in half width, ``13085.0`` as ``13085``."""
    label, id = own.link_id(text)
    bare = label if id and label else text
    try:
        return parsing.code(bare)
    except parsing.Unreadable:
        return bare


def _named(plainer: str, written: str) -> str:
    """What a new record is called: as it was written, but for an id after it and a needless .0."""
    label, id = own.link_id(written)
    bare = label if id and label else written
    return plainer if bare == plainer + ".0" else bare


class Linker:
    """Fills the table ``meant`` and from it the link columns of all waiting records."""

    def __init__(
        self,
        book: Connection,
        schema: Schema,
        staging: Staging,
        public: PublicIds,
        options: Options,
    ) -> None:
        self._db, self._schema, self._staging = book, schema, staging
        self._public = public
        self._options = options
        self.values = {**remembered(book), **options.values}

    def resolve(self) -> list[NewName]:
        """Find what every name means; gives the names that nobody has."""
        db = self._db
        db.run(f"DELETE FROM {NAME}.meant")
        for entity in self._staging.entities():
            for field in self._links(entity):
                column = quoted(field + "_t")
                target = entity.field(field).target
                db.run(
                    f"INSERT INTO {NAME}.meant (target, text, count) SELECT ?, {column}, count(*) "
                    f"FROM {NAME}.{quoted(entity.id)} WHERE {column} IS NOT NULL GROUP BY {column} "
                    "ON CONFLICT DO UPDATE SET count = count + excluded.count",
                    (target,),
                )
        fresh: list[NewName] = []
        for (target,) in db.run(f"SELECT DISTINCT target FROM {NAME}.meant"):
            fresh.extend(self._resolve(self._schema.entity(target)))
        return fresh

    def _links(self, entity: Entity) -> list[str]:
        return [
            name for name in self._staging.fields[entity.id] if entity.field(name).kind == "link"
        ]

    def _resolve(self, target: Entity) -> list[NewName]:
        db = self._db
        self._said(target)
        self._by_id(target)
        self._by_name(target)
        self._by_reach(target)
        forms = self._other_forms(target)
        if forms:
            self._by_name(target)
            db.many(
                f"UPDATE {NAME}.meant SET row = o.row, seq = o.seq, code = o.code FROM {NAME}.meant o "
                "WHERE o.target = ?1 AND o.text = ?2 AND meant.target = ?1 AND meant.text = ?3",
                [(target.id, form, text) for text, form in forms],
            )
        return self._unknown(target)

    def _by_id(self, target: Entity) -> None:
        """Public ids, alone or after a label that several records have; another book's if they wait here."""
        db = self._db
        for (text,) in db.run(
            f"SELECT text FROM {NAME}.meant WHERE target = ?1 AND row IS NULL AND (text LIKE ?2 OR text LIKE '%[' || ?2 || ']' OR text LIKE ?3 OR text LIKE '%[' || ?3 || ']')",
            (target.id, f"{target.prefix}-%", f"~{target.prefix}-%"),
        ):
            id = own.link_id(text)[1]
            row, seq = self._public.row(target.prefix, id), None
            if row is None and target.id in self._staging.fields:
                seq = db.one(
                    f"SELECT min(seq) FROM {NAME}.{quoted(target.id)} WHERE pid = ?",
                    (own.foreign_row(target.prefix, id),),
                )
            if row is not None or seq is not None:
                db.run(
                    f"UPDATE {NAME}.meant SET row = ?, seq = ? WHERE target = ? AND text = ?",
                    (row, seq, target.id, text),
                )

    def _by_reach(self, target: Entity) -> None:
        """Phone numbers and e-mail addresses that one record has, or several."""
        open_ones = [
            text
            for (text,) in self._db.run(
                f"SELECT text FROM {NAME}.meant WHERE target = ? AND row IS NULL AND seq IS NULL AND code IS NULL",
                (target.id,),
            )
        ]
        for text, rows in reached(self._db, target, open_ones).items():
            row, code = (min(rows), None) if len(rows) == 1 else (None, "ambiguous_link")
            self._db.run(
                f"UPDATE {NAME}.meant SET row = ?, code = ? WHERE target = ? AND text = ?",
                (row, code, target.id, text),
            )

    def _other_forms(self, target: Entity) -> list[tuple[str, str]]:
        """Names that nobody has as they are written, with the plainer form to look for instead."""
        made = [
            (text, plainer)
            for (text,) in self._db.run(
                f"SELECT text FROM {NAME}.meant WHERE target = ? AND row IS NULL AND seq IS NULL AND code IS NULL AND count > 0",
                (target.id,),
            )
            if (plainer := _plainer(text)) != text
        ]
        self._db.many(
            f"INSERT OR IGNORE INTO {NAME}.meant (target, text, count) VALUES (?, ?, 0)",
            [(target.id, plainer) for _, plainer in made],
        )
        return made

    def _by_name(self, target: Entity) -> None:
        for name in names_sql(self._schema, target.id, "t"):
            self._set(
                target,
                "row",
                f"SELECT m.text, min(t.id), count(*) FROM {NAME}.meant m JOIN {quoted(target.id)} t ON {name} = m.text "
                "WHERE m.target = ?1 AND m.row IS NULL AND m.seq IS NULL AND m.code IS NULL AND t.alive = 1 GROUP BY m.text",
            )
        if target.id in self._staging.fields:
            have = set(self._staging.fields[target.id])
            for field in dict.fromkeys(
                [*target.title, *(key[0] for key in target.keys if len(key) == 1)]
            ):
                if field in have and target.field(field).kind != "link":
                    self._set(
                        target,
                        "seq",
                        f"SELECT m.text, min(t.seq), count(DISTINCT coalesce(t.same, t.seq)) FROM {NAME}.meant m "
                        f"JOIN {NAME}.{quoted(target.id)} t ON t.{quoted(field)} = m.text "
                        "WHERE m.target = ?1 AND m.row IS NULL AND m.seq IS NULL AND m.code IS NULL GROUP BY m.text",
                    )

    def _said(self, target: Entity) -> None:
        """Names that the person explained: looked up by what they mean, from then on."""
        for (entity, found), meant in self.values.items():
            if entity != target.id:
                continue
            self._db.run(
                f"INSERT OR IGNORE INTO {NAME}.meant (target, text, count) "
                f"SELECT ?1, ?2, 0 WHERE EXISTS (SELECT 1 FROM {NAME}.meant WHERE target = ?1 AND text = ?3)",
                (target.id, meant, found),
            )

    def _set(self, target: Entity, column: str, query: str) -> None:
        db = self._db
        found = db.run(query, (target.id,))
        db.many(
            f"UPDATE {NAME}.meant SET {column} = ? WHERE target = ? AND text = ?",
            [(one, target.id, text) for text, one, count in found if count == 1],
        )
        db.many(
            f"UPDATE {NAME}.meant SET code = 'ambiguous_link' WHERE target = ? AND text = ?",
            [(target.id, text) for text, one, count in found if count > 1],
        )

    def _unknown(self, target: Entity) -> list[NewName]:
        db = self._db
        for (entity, found), meant in self.values.items():
            if entity == target.id:
                db.run(
                    f"""UPDATE {NAME}.meant SET row = o.row, seq = o.seq, code = o.code FROM {NAME}.meant o
                    WHERE o.target = ?1 AND o.text = ?2 AND meant.target = ?1 AND meant.text = ?3""",
                    (target.id, meant, found),
                )
        missing = db.run(
            f"SELECT text, count FROM {NAME}.meant WHERE target = ? AND row IS NULL AND seq IS NULL "
            "AND code IS NULL AND count > 0 ORDER BY text",
            (target.id,),
        )
        if not missing:
            return []
        groups: dict[str, list[str]] = {}  # ways to write one name
        counts: dict[str, int] = {}
        for text, count in missing:
            key = _plainer(text)
            groups.setdefault(key, []).append(text)
            counts[key] = counts.get(key, 0) + count
        named = {key: _named(key, texts[0]) for key, texts in groups.items()}
        near = self._near(list(named.values()), target)
        kept_out = self._known_only(target)
        fresh = [
            NewName(
                target.id,
                name,
                counts[key],
                near.get(name, ""),
                not kept_out.issuperset(groups[key]),
            )
            for key, name in named.items()
        ]
        if self._options.create_links:
            added = {one.name for one in fresh if one.addable}
            texts = {named[key]: texts for key, texts in groups.items() if named[key] in added}
            if texts:
                self._create(target, texts)
        db.run(
            f"UPDATE {NAME}.meant SET code = 'unknown_link' WHERE target = ? AND row IS NULL AND seq IS NULL AND code IS NULL",
            (target.id,),
        )
        return fresh

    def _known_only(self, target: Entity) -> set[str]:
        """Names that stand only where none of them may become a record."""
        made: dict[bool, set[str]] = {True: set(), False: set()}
        links = [
            (entity, name)
            for entity in self._staging.entities()
            for name in self._links(entity)
            if entity.field(name).target == target.id
        ]
        if any(entity.field(name).known_only for entity, name in links):
            for entity, name in links:
                column = quoted(name + "_t")
                found = self._db.run(
                    f"SELECT DISTINCT {column} FROM {NAME}.{quoted(entity.id)} WHERE {column} IS NOT NULL"
                )
                made[entity.field(name).known_only].update(text for (text,) in found)
        return made[True] - made[False]

    def _near(self, texts: list[str], target: Entity) -> dict[str, str]:
        """The nearest known name of each, where one is near enough to be meant."""
        known: list[str] = [
            row[0]
            for row in self._db.run(
                f"SELECT {title_sql(self._schema, target.id, 't')} FROM {quoted(target.id)} t WHERE t.alive = 1 LIMIT 20000"
            )
            if row[0]
        ]
        title = target.title[0]
        if title in self._staging.fields.get(target.id, []):
            known += [
                row[0]
                for row in self._db.run(
                    f"SELECT DISTINCT {quoted(title)} FROM {NAME}.{quoted(target.id)} WHERE {quoted(title)} IS NOT NULL LIMIT 20000"
                )
            ]
        folded = {label_key(one): one for one in known}
        made: dict[str, str] = {}
        for text in texts[:2000]:
            same = folded.get(label_key(text))
            if same:
                made[text] = same
                continue
            if len(texts) <= 200 and known:
                best = suggest(text, known)
                if best and best[0][1] >= 0.85:
                    made[text] = best[0][0]
        return made

    def _create(self, target: Entity, texts: Mapping[str, Iterable[str]]) -> None:
        """Waiting records for names that nobody has yet."""
        more = NAMED.get(target.id)
        title = target.title[0]
        key = next(
            (
                one[0]
                for one in target.keys
                if len(one) == 1 and one[0] != title and target.field(one[0]).kind == "code"
            ),
            None,
        )
        names = [title]
        if key and target.field(key).kind == "code":
            names.append(key)
        extra = list(more[0]) if more else []
        self._staging.want(target, [*dict.fromkeys(names), *extra])
        listed = list(texts)
        first = self._staging.take(target.id, len(listed))
        columns = ["seq", "tbl", "line", "base", *dict.fromkeys(names), *extra]
        rows = []
        for at, text in enumerate(listed):
            # A bare number is the record's number; it also stands in for the name until one is known.
            values: list[object] = [text]
            if len(dict.fromkeys(names)) > 1:
                values.append(text if text.isdigit() else None)
            rows.append((first + at, None, None, 0, *values, *(more[1](text) if more else ())))
        marks = ", ".join("?" * len(columns))
        self._db.many(
            f"INSERT INTO {NAME}.{quoted(target.id)} ({', '.join(map(quoted, columns))}) VALUES ({marks})",
            rows,
        )
        self._db.many(
            f"UPDATE {NAME}.meant SET seq = ? WHERE target = ? AND text = ?",
            [
                (first + at, target.id, text)
                for at, name in enumerate(listed)
                for text in texts[name]
            ],
        )

    def fill(self) -> None:
        """Write what the names mean into the link columns."""
        for entity in self._staging.entities():
            for field in self._links(entity):
                target = entity.field(field).target
                self._db.run(
                    f"UPDATE {NAME}.{quoted(entity.id)} AS r SET {quoted(field)} = m.row, {quoted(field + '_s')} = m.seq "
                    f"FROM {NAME}.meant m WHERE m.target = ? AND m.text = r.{quoted(field + '_t')}",
                    (target,),
                )
