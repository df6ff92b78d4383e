"""The site as its readers use it: with a pointer, with a keyboard, on a small screen, and without a server or a script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leafledger.core.text import LANGUAGES

SCREENS = {"desk": (1280, 800), "phone": (390, 844)}


def test_a_number_opens_its_receipt_and_then_its_evidence(page: Page, address: str):
    page.goto(f"{address}en/")
    page.get_by_role("link", name="8,951.0 MWh").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Energy use")
    expect(page.locator(".value")).to_have_text("9,482.3 MWh")
    with page.expect_response("**/evidence/**") as answered:
        page.locator(".file").click()
    assert answered.value.status == 200
    assert answered.value.headers["content-type"] == "application/pdf"


def test_the_way_back_leads_to_the_number(page: Page, address: str):
    page.goto(f"{address}zh-Hant/")
    number = page.locator("#energy ~ p .n").nth(1)
    number.click()
    page.get_by_role("link", name="返回報告").click()
    expect(number).to_be_in_viewport()


def test_another_language_keeps_the_place(page: Page, address: str):
    page.goto(f"{address}zh-Hant/#safety")
    expect(page.locator("#safety")).to_be_in_viewport()
    english = page.get_by_role("navigation", name="語言").get_by_role("link", name="English")
    expect(english).to_have_attribute("href", re.compile("#safety$"))
    box = english.bounding_box()
    assert box is not None
    # With the pointer itself: on a slow machine `click()` scrolls to what it clicks, also where that is in sight already.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/en/index.html#safety")
    expect(page.locator("#safety")).to_be_in_viewport()


def test_another_language_keeps_the_receipt(page: Page, address: str):
    page.goto(f"{address}en/")
    page.locator(".cards .n").first.click()
    page.get_by_role("link", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("heading", level=1)).to_have_text("能源消耗")


def test_the_contents_follow_the_reader(page: Page, address: str):
    page.goto(f"{address}en/")
    page.get_by_role("link", name="People and work").first.click()
    expect(page.locator(".side [aria-current]")).to_contain_text("People and work")
    expect(page.locator(".side").get_by_role("link", name="Who works here")).to_be_visible()
    expect(page.locator(".side").get_by_role("link", name="Water and waste")).to_be_hidden()


def test_the_contents_open_and_close_on_a_phone(page: Page, address: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}en/")
    page.locator(".menu summary").click()
    page.locator(".menu").get_by_role("link", name="Content indices").click()
    expect(page.locator(".menu nav")).to_be_hidden()
    expect(page.locator("#indices h2")).to_be_in_viewport()
    page.locator(".menu summary").click()
    page.keyboard.press("Escape")
    expect(page.locator(".menu nav")).to_be_hidden()
    expect(page.locator(".menu summary")).to_be_focused()


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_its_screen(page: Page, address: str, language: str, screen: str):
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}{language}/")
    receipt = page.locator(".n").first.get_attribute("href")
    for path in (f"{language}/", f"{language}/{receipt}", "", "none.html"):
        if path != "none.html":  # the browser itself complains of a page that is not there
            page.goto(f"{address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == width, path


def test_a_keyboard_reaches_the_report_and_opens_a_number(page: Page, address: str):
    page.goto(f"{address}en/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the report")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#leaf-main")).to_be_focused()
    number = page.locator("#energy ~ p .n").first
    while not number.evaluate("it => it === document.activeElement"):
        page.keyboard.press("Tab")
    assert number.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".eyebrow")).to_have_text("Receipt")


def test_nothing_moves_while_the_page_loads(page: Page, address: str):
    page.goto(f"{address}en/")
    shifted = page.evaluate(
        "() => new Promise(done => { let sum = 0;"
        "new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })"
        ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300); })"
    )
    assert shifted < 0.01


def test_it_reads_from_a_folder_without_a_server(page: Page, folder: Path):
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="English").click()
    expect(page.locator(".side")).to_be_visible()
    page.locator(".cards .n").first.click()
    expect(page.locator(".value")).to_have_text("9,482.3 MWh")
    page.get_by_role("link", name="Back to the report").click()
    expect(page.locator(".cover")).to_be_attached()


def test_it_reads_without_a_script(browser: Browser, address: str):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}en/")
    page.locator("#people .elsewhere").get_by_role("link", name="繁體中文").click()
    expect(page).to_have_url(f"{address}zh-Hant/index.html#people")
    page.locator(".menu summary").click()
    expect(page.locator(".menu nav")).to_be_visible()
    context.close()


def test_an_address_that_leads_nowhere_has_a_way_back(browser: Browser, address: str):
    page = browser.new_page()
    assert page.goto(f"{address}en/receipts/none.html").status == 404
    page.locator(".lost a").click()
    expect(page).to_have_url(address)
    page.close()
