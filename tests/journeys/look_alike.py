"""Four sheets in the shape of a public practice set: customers, products, agents, deals."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

# Among them GTX Pro, which the deals write in another way.
_PRODUCTS = (("GTX Basic", "GTX", 550), ("GTX Pro", "GTX", 4821), ("MG Special", "MG", 55))
_SECTORS = ("medical", "retail", "software")
_NAMES = ("Acme Corporation", "Betasoloin", "Betatech", "Bioholding", "Bioplex", "Blackzim")
_ENDS = ("Won", "Lost", "Engaging", "Prospecting")


def _write(place: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(head)
        out.writerows(rows)


def write(folder: Path) -> int:
    """Write them; gives the sum of all deals that were closed."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(
        folder / "accounts.csv",
        ("account", "sector", "year_established", "revenue", "employees", "office_location",
         "subsidiary_of"),
        ((name, _SECTORS[at % 3], 1986 + at, f"{251 + 96 * at}.41", 495 * (at + 1),
          "United States", "Acme Corporation" if at == 3 else "") for at, name in enumerate(_NAMES)),
    )  # fmt: skip
    _write(folder / "products.csv", ("product", "series", "sales_price"), _PRODUCTS)
    agents = [(f"{first} Losch", "Rocco Neubert", "East") for first in ("Anna", "Moses", "Cara")]
    _write(folder / "sales_teams.csv", ("sales_agent", "manager", "regional_office"), agents)
    deals, total = [], 0
    for at in range(40):
        product, _, price = _PRODUCTS[at % 3]
        end = _ENDS[at % 4]
        worth = {"Won": price + at, "Lost": 0}.get(end, "")
        total += worth or 0
        deals.append(
            (
                f"D{at:07}", agents[at % 3][0], product.replace("GTX Pro", "GTXPro"),
                _NAMES[at % 6], end, "" if end == "Prospecting" else f"10/{at % 28 + 1}/2016",
                f"3/{at % 28 + 1}/2017" if worth != "" else "", worth,
            )
        )  # fmt: skip
    head = ("opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date",
            "close_date", "close_value")  # fmt: skip
    _write(folder / "sales_pipeline.csv", head, deals)
    return total
