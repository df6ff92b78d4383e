"""A Chromium, and the sample report's site served as `leaf serve` serves it."""

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from leafledger.core.text import LANGUAGES
from leafledger.report.render.html import render_html
from leafledger.report.render.html.receipts import evidence_path
from leafledger.web.serve import listen

sys.path.insert(0, str(Path(__file__).parent.parent / "report"))  # the sample report is theirs

OWN = ("file://", "chrome-extension://", "chrome://")
"""Files of the site without a server, and the browser's own PDF viewer."""

LEFT = "net::ERR_ABORTED"
"""What a browser says of a picture it was still fetching when the reader went on."""

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, written out with its PDFs and its one file of evidence."""
    from sample import sample_charts, sample_report
    from sample_receipts import BILL, sample_receipts

    reports = {language: sample_report(language) for language in LANGUAGES}
    receipts = {language: sample_receipts(report) for language, report in reports.items()}
    charts = {language: sample_charts(report) for language, report in reports.items()}
    pdfs = {language: f"{language}.pdf" for language in LANGUAGES}
    files = render_html(reports, receipts, charts, pdfs)
    files |= {f"{language}/{name}": b"%PDF-1.4" for language, name in pdfs.items()}
    files[f"evidence/{BILL.sha256}/{BILL.name}"] = b"what the meter said"
    assert evidence_path(BILL).startswith(f"evidence/{BILL.sha256}/")
    place = tmp_path_factory.mktemp("site")
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return place


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    with listen(folder, "127.0.0.1:0") as server:
        thread = threading.Thread(target=server.serve)
        thread.start()
        yield server.url
        server.stop()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; `make test` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails its test if it ever complained, or asked anyone but us for anything."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda asked: complaints.append(asked.url) if asked.failure != LEFT else None)
    page.on(
        "request", lambda asked: complaints.append(asked.url) if not asked.url.startswith((address, *OWN)) else None
    )
    yield page
    page.close()
    assert complaints == []
