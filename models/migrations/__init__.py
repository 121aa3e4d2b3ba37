"""Books of earlier releases are brought to today's schema, step by step.

A step is a file ``versions/r0003_what_changes.py``: ``revision`` is the schema version that it leads
to, ``down_revision`` the one before, ``upgrade()`` says with Alembic's ``op`` what can't be derived:
renamed or retyped columns, changed values, indexes, tables of the journal. What the descriptions
say anyway (new kinds of records, new fields, triggers) is added after the last step by itself.

Triggers are gone while steps run, so nothing is journaled: a step that changes a value of a record
changes the journal with it, or ``daybook check`` will find the difference. Records that have to be
found anew are named in ``search_stale``.

To change the schema: raise ``SCHEMA_VERSION``, write the step (an empty ``upgrade()`` when all of it
is derived), then freeze a book of the new version with ``python tests/books/freeze.py``.
"""
