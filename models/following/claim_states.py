"""Two who claim one customer, or a claim on somebody's customer, are a dispute from the start."""

from __future__ import annotations

from models.customers.pool_entities import OWNERSHIP_CLAIM
from models.dialects import Connection

WATCHES = {"ownership_claim": frozenset({"alive", "customer", "claimant"})}
_TOUCHED = (
    "SELECT c.customer FROM ownership_claim c WHERE c.alive = 1 AND c.id IN ("
    f"SELECT row FROM edit NOT INDEXED WHERE id >= ? AND entity = {OWNERSHIP_CLAIM.no} "
    "AND field IN ('alive', 'customer', 'claimant'))"
)
# Somebody else has an open claim, or somebody else is the owner.
_CONTESTED = (
    "(EXISTS (SELECT 1 FROM ownership_claim o WHERE o.customer = c.customer AND o.alive = 1 "
    "AND o.status <> 'ruled' AND o.claimant IS NOT c.claimant) "
    "OR EXISTS (SELECT 1 FROM customer k WHERE k.id = c.customer AND k.owner IS NOT NULL "
    "AND k.owner IS NOT c.claimant))"
)


def follow(db: Connection, first: int) -> None:
    """Mark open claims on customers that a change touched as disputed where somebody else is in them."""
    db.run(
        "UPDATE ownership_claim AS c SET status = 'disputed' WHERE c.alive = 1 "
        f"AND c.status IN ('claimed', 'confirmed') AND c.customer IN ({_TOUCHED}) AND {_CONTESTED}",
        (first,),
    )
