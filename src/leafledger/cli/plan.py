"""The command that plans a data center, looks back on how it could have been run, accounts for what was saved, and shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from leafledger.cli.app import HERE, By, Company, command, counted, err, say, tell
from leafledger.cli.plan_shown import show
from leafledger.cli.savings_shown import show_account
from leafledger.cli.ways_shown import show_back
from leafledger.core.finding import Finding

TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]
FEW = 4
GOALS = ("cost", "carbon", "peak")


@command("plan")
def plan(
    site: Annotated[str, typer.Argument(help="A site that datacenter.yaml describes.")],
    start: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=TIMES, help="When it begins, in local time.", show_default="the end of what was measured"
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--to", formats=TIMES, help="With --backtest: when it ends.", show_default="the end of what was measured"
        ),
    ] = None,
    hours: Annotated[int, typer.Option(help="How many hours to plan.")] = 48,
    goal: Annotated[str, typer.Option(help="What to make least: cost, carbon or peak.")] = "cost",
    frontier: Annotated[
        int, typer.Option(help="Also this many plans from the cheapest to the one that emits least.")
    ] = 0,
    held: Annotated[
        float | None,
        typer.Option(help="MWh in the battery at the beginning.", show_default="what its meters add up to"),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--out", help="A folder for the schedule and pictures.", show_default=".leaf/plan/SITE/plans"),
    ] = None,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Compare ways to run what was measured, on the same work.")
    ] = False,
    account: Annotated[
        str,
        typer.Option(
            "--account", metavar="PERIOD", help="Record what a period used and saved, to be approved; such as 2025-03."
        ),
    ] = "",
    page: Annotated[bool, typer.Option("--page", help="Write the page that `leaf serve` shows under /plan/.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan or the comparison as JSON.")] = False,
    company: Company = HERE,
    by: By = "",
) -> None:
    """Plan a data center's battery, flexible work and jobs for the next hours; or look back, account for savings, write its page."""
    from leafledger.flow.plan_site import needs

    needs()
    if goal not in GOALS:
        raise typer.BadParameter(f"a goal is {', '.join(GOALS)}", param_hint="--goal")
    if sum([backtest, bool(account), page]) > 1:
        raise typer.BadParameter("give one of --backtest, --account and --page")
    if backtest:
        _look_back(company, site, start, until, as_json)
    elif account:
        _account(company, site, account, by)
    elif page:
        _page(company, site, start)
    else:
        _plan(company, site, start, hours, goal, frontier, held, to, as_json)


def _plan(
    company: Path,
    site: str,
    start: datetime | None,
    hours: int,
    goal: str,
    points: int,
    held: float | None,
    to: Path | None,
    as_json: bool,
) -> None:
    import json

    from leafledger.flow.plan import out_place
    from leafledger.flow.plan import plan as act
    from leafledger.flow.plan_files import as_json as json_of
    from leafledger.flow.plan_files import write_plan

    done = act(company, site, start, hours, goal=goal, points=points, held=held)  # type: ignore[arg-type]
    _tell(done.findings)
    written = write_plan(done, to or out_place(company, done))
    if as_json:
        typer.echo(json.dumps(json_of(done), ensure_ascii=False, indent=1))
    else:
        show(done, written)


def _tell(findings: tuple[Finding, ...]) -> None:
    tell(findings[:FEW])
    if len(findings) > FEW:
        err.print(f"{counted(len(findings) - FEW, 'more finding')} in plan.json.")


def _look_back(company: Path, site: str, start: datetime | None, until: datetime | None, as_json: bool) -> None:
    from leafledger.flow.plan_backtest import as_json as json_of
    from leafledger.flow.plan_backtest import look_back

    looked = look_back(company, site, start, until)
    _tell(looked.findings)
    if as_json:
        import json

        typer.echo(json.dumps(json_of(looked), ensure_ascii=False, indent=1))
    else:
        show_back(looked)


def _account(company: Path, site: str, period: str, by: str) -> None:
    from leafledger.flow.plan_account import account

    done = account(company, site, period, by=by, at=datetime.now(UTC))
    _tell(done.findings)
    show_account(done)


def _page(company: Path, site: str, start: datetime | None) -> None:
    from leafledger.flow.plan_page import write_page

    say(f"Written: {write_page(company, site, start) / 'index.html'}  (to read it: leaf serve, at /plan/{site}/)")
