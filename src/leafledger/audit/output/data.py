"""Verdicts for other programs: JSON, CSV and SARIF 2.1.0 (what code hosts and editors read)."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from leafledger import __version__
from leafledger.audit.mention import Where
from leafledger.audit.output.plain import Row, counts, quote, rows, where
from leafledger.audit.report import Audited
from leafledger.audit.words import about

LEVELS = {"certain": "error", "likely": "warning", "question": "note"}
RANKS = {"certain": 95.0, "likely": 75.0, "question": 30.0}
COLUMNS = ("number", "certainty", "severity", "check", "page", "line", "finding", "proof", "settle", "quote")


def as_json(audited: Audited, language: str) -> bytes:
    document = audited.document
    content = {
        "document": {
            "name": document.name,
            "kind": document.kind,
            "language": document.language,
            "pages": len(document.pages),
            "year": audited.reading.year,
        },
        "read": {"tables": len(audited.reading.tables), "numbers": len(audited.reading.mentions)},
        "counts": counts(audited),
        "warnings": list(audited.warnings),
        "findings": [_finding(row) for row in rows(audited, language)],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _finding(row: Row) -> dict[str, Any]:
    one = row.verdict
    return {
        "number": row.number,
        "check": one.rule,
        "certainty": one.certainty,
        "severity": one.severity,
        "finding": row.message,
        "proof": one.proof,
        "settle": row.settle,
        "template": one.template,
        "values": {key: _plain(value) for key, value in one.values.items()},
        "places": [_place(place) for place in one.places],
    }


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value["en"] if isinstance(value, Mapping) else value)


def _place(place: Where) -> dict[str, Any]:
    box = place.box
    edges = [box.left, box.top, box.right, box.bottom] if box else None
    return {"page": place.page, "line": place.line, "quote": place.quote, "box": edges}


def as_csv(audited: Audited, language: str) -> bytes:
    """With a mark that tells spreadsheets that it is UTF-8; nothing in it is read as a formula."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(audited, language):
        writer.writerow([harmless(cell) for cell in cells(row)])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def cells(row: Row) -> tuple[str | int, ...]:
    one, place = row.verdict, row.place
    return (
        row.number,
        one.certainty,
        one.severity,
        one.rule,
        place.page if place else "",
        place.line if place else "",
        row.message,
        one.proof,
        row.settle,
        quote(place) if place else "",
    )


def harmless(cell: str | int) -> str | int:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def as_sarif(audited: Audited, language: str) -> bytes:
    every = list(rows(audited, language))
    checks = sorted({row.verdict.rule for row in every})
    run = {
        "tool": {
            "driver": {
                "name": "leaf audit",
                "version": __version__,
                "rules": [{"id": check, "shortDescription": {"text": about(check, language)}} for check in checks],
            }
        },
        "artifacts": [{"location": {"uri": _uri(audited.document.name)}}],
        "results": [_result(audited, row, checks, language) for row in every],
        "invocations": [
            {"executionSuccessful": True, "toolExecutionNotifications": [_note(w) for w in audited.warnings]}
        ],
    }
    content = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _note(warning: str) -> Mapping[str, Any]:
    return {"level": "warning", "message": {"text": warning}}


def _result(audited: Audited, row: Row, checks: list[str], language: str) -> dict[str, Any]:
    one = row.verdict
    text = "\n".join(filter(None, (row.message, one.proof, row.settle)))
    return {
        "ruleId": one.rule,
        "ruleIndex": checks.index(one.rule),
        "level": LEVELS[one.certainty],
        "rank": RANKS[one.certainty],
        "message": {"text": text},
        "locations": [_location(audited, place, language) for place in one.places],
        "properties": {"certainty": one.certainty, "severity": one.severity},
    }


def _location(audited: Audited, place: Where, language: str) -> dict[str, Any]:
    """A line of a text; of a PDF, which has no lines, the page by name."""
    artifact = {"artifactLocation": {"uri": _uri(audited.document.name), "index": 0}}
    physical: dict[str, Any] = artifact
    if audited.document.kind == "text":
        physical = {**artifact, "region": {"startLine": max(place.line, 1), "snippet": {"text": quote(place)}}}
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"name": where(audited, place, language), "kind": "page"}],
        "message": {"text": quote(place)},
    }


def _uri(name: str) -> str:
    from urllib.parse import quote as escaped

    return escaped(name)
