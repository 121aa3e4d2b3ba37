"""A customer who gets an owner, on whatever path, is not in the pool any more."""

from __future__ import annotations

from models.customers.customer import CUSTOMER
from models.dialects import Connection

WATCHES = {"customer": frozenset({"owner"})}
_OUT = (
    "UPDATE customer SET pool_status = NULL WHERE pool_status = 'pool' AND owner IS NOT NULL "
    f"AND id IN (SELECT row FROM edit NOT INDEXED WHERE id >= ? AND entity = {CUSTOMER.no} "
    "AND field = 'owner')"
)


def follow(db: Connection, first: int) -> None:
    """Take the mark of the pool from customers that a change gave to somebody."""
    db.run(_OUT, (first,))
