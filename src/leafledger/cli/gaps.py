"""The command that holds a company against a standard: what is answered, what is missing, and what to collect for it."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from leafledger.cli.app import HERE, Company, command, out

if TYPE_CHECKING:
    from leafledger.report.standing import Gaps, Standing


class Form(StrEnum):
    """How it is written."""

    text = "text"
    md = "md"
    csv = "csv"
    json = "json"


STYLES = {"answered": "green", "partly": "yellow", "missing": "red", "not_applicable": "dim"}


@command("gaps")
def gaps(
    standard: Annotated[str, typer.Argument(help="Its id, for example ifrs-s2; the company need not report by it.")],
    year: Annotated[int, typer.Option(help="The reporting year.", show_default="the latest of company.yaml")] = 0,
    language: Annotated[str, typer.Option(help="zh-Hant, zh-Hans or en.")] = "en",
    format: Annotated[Form, typer.Option(help="How it is written.")] = Form.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file, instead of the screen.")] = None,
    company: Company = HERE,
) -> None:
    """Hold the year's figures and texts against a standard: each disclosure answered, partly, missing, or not applicable."""
    from leafledger.flow.gaps_of_standard import gaps_of_standard
    from leafledger.report.gaps_table import as_csv, as_json, markdown

    found = gaps_of_standard(company, standard, year, language)
    match format:
        case Form.md:
            content = markdown(found, language)
        case Form.csv:
            content = as_csv(found)
        case Form.json:
            content = as_json(found)
        case Form.text:
            content = ""
    if format is Form.text and output is None:
        for line, indent in _lines(found, language):
            _show(line, indent)
    elif output is None:
        typer.echo(content, nl=False)
    else:
        plain = "".join(f"{' ' * indent}{line.plain}\n" for line, indent in _lines(found, language))
        output.write_text(content or plain, encoding="utf-8")


def _lines(found: "Gaps", language: str) -> list[tuple[Text, int]]:
    """The page in lines, each with how far it is indented."""
    from leafledger.report.gaps_table import counted, grouped, head

    lines = [(Text(head(found, language), "bold"), 0), (Text(counted(found, language)), 0)]
    lines += [(Text(note, "dim"), 0) for note in found.notes]
    for group, standings in grouped(found):
        lines += [(Text(""), 0), (Text(group, "bold"), 0)] if group else [(Text(""), 0)]
        for one in standings:
            lines += _disclosure(one, language)
    return lines


def _disclosure(one: "Standing", language: str) -> list[tuple[Text, int]]:
    from leafledger.report.gaps_table import level_word, state_word
    from leafledger.report.words import word

    level = level_word(one.level, language)
    name = Text.assemble((one.id, "bold"), "  ", one.title, "  ", (state_word(one.state, language), STYLES[one.state]))
    lines = [(name.append(f"  {level}", "dim") if level else name, 2)]
    lines += [(Text(f"✓ {said}"), 6) for said in one.answers]
    lines += [(Text(f"→ {said}", "yellow"), 6) for said in one.lacks]
    if one.why:
        said = f"{word(language, 'gaps_why')}{word(language, 'colon')}{one.why}" if one.needs else one.why
        lines += [(Text(said, "dim"), 6)]
    return lines


def _show(line: Text, indent: int) -> None:
    """One line; on a screen it is folded to its width, in a file it is not broken."""
    if out.is_terminal:
        out.print(Padding(line, (0, indent)))
    else:
        out.print(Text(" " * indent + line.plain.rstrip()), soft_wrap=True)
