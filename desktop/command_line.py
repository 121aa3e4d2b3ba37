"""The verbs of the command line: their options, exit statuses and the JSON contract."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from desktop import (
    __version__,
    assign_commands,
    backtest_commands,
    backup_commands,
    book_commands,
    calendar_commands,
    capacity_commands,
    cascade_commands,
    click_words,
    collect_commands,
    cycle_commands,
    evaluation_commands,
    exchange_commands,
    forecast_commands,
    freshness_commands,
    goal_commands,
    handover_commands,
    issue_commands,
    journal_commands,
    measure_commands,
    phone_commands,
    plan_commands,
    pool_commands,
    record_commands,
    report_commands,
    seal_commands,
    today_commands,
    view_commands,
)
from desktop.verbs import Option, Verbs
from models import texts
from models.refusals import Refused
from models.texts import N_

daybook = Verbs(
    "daybook",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_(
        "Daybook · 业务簿: the daily management of a small sales team.\n\n"
        "Without a verb it opens the window: daybook [BOOK], daybook demo."
    ),
    options_metavar=N_("[OPTIONS]"),
    subcommand_metavar=N_("VERB …"),
)
click.version_option(
    __version__, message="%(version)s", cls=Option, help=N_("Show the version and exit.")
)(daybook)
for command in (
    *record_commands.COMMANDS,
    *journal_commands.COMMANDS,
    *measure_commands.COMMANDS,
    *goal_commands.COMMANDS,
    *pool_commands.COMMANDS,
    *plan_commands.COMMANDS,
    *exchange_commands.COMMANDS,
    *issue_commands.COMMANDS,
    *collect_commands.COMMANDS,
    *book_commands.COMMANDS,
    *backup_commands.COMMANDS,
    *view_commands.COMMANDS,
    *cascade_commands.COMMANDS,
    *assign_commands.COMMANDS,
    *calendar_commands.COMMANDS,
    *capacity_commands.COMMANDS,
    *handover_commands.COMMANDS,
    *forecast_commands.COMMANDS,
    *report_commands.COMMANDS,
    *evaluation_commands.COMMANDS,
    *backtest_commands.COMMANDS,
    *cycle_commands.COMMANDS,
    *seal_commands.COMMANDS,
    *phone_commands.COMMANDS,
    *today_commands.COMMANDS,
    *freshness_commands.COMMANDS,
):
    daybook.add_command(command)


def run(arguments: list[str]) -> int:
    """Carry out one verb; gives the exit status."""
    texts.set_language(texts.system_language())
    click_words.install()
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., Any] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        # What a verb ends with comes back as a value here, not as an exception.
        status = daybook.main(arguments, prog_name="daybook", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.ClickException as wrong:
        wrong.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 1
    except BrokenPipeError:
        return 0
    except Refused as refused:
        return refuse(refused, as_json="--json" in arguments)


def refuse(refused: Refused, *, as_json: bool) -> int:
    """Say why something was declined: in JSON on standard output, else in words on standard error."""
    if as_json:
        place = refused.place
        error: dict[str, Any] = {
            "code": refused.code,
            "message": refused.said(ids=True),
            "file": place.file or None,
        }
        for name in ("sheet", "row", "column", "value"):
            if getattr(place, name) not in ("", None):
                error[name] = getattr(place, name)
        sys.stdout.write(json.dumps({"error": error}, ensure_ascii=False) + "\n")
    sys.stderr.write(refused.said(ids=True) + "\n")
    return 1
