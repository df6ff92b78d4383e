"""A small invented company, Lighthouse Bakery, and its release as plain values."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pikepdf import Dictionary, Name, Pdf

from leafledger.core.approval import Approval
from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.labels import labels
from leafledger.core.period import Period
from leafledger.engine.books import books
from leafledger.engine.bundle.content import Content, content_files
from leafledger.engine.bundle.manifest import manifest_of, sealed
from leafledger.engine.bundle.seal import fingerprint_of, grouped
from leafledger.engine.bundle.unpack import unpacked
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import compute
from leafledger.engine.prove import proven
from leafledger.library.company import read_company, read_series
from leafledger.library.load import load
from leafledger.library.units import units_of
from leafledger.report.numbers import number

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
AT = "2025-03-31T08:00:00+00:00"
LANGUAGES = ("zh-Hant", "zh-Hans", "en")
FINGERPRINT = grouped(fingerprint_of(KEY.public_key()))
Files = dict[str, bytes]

FOLDER = {
    "company.yaml": """\
id: lighthouse
name: {zh-Hant: 燈塔麵包, zh-Hans: 灯塔面包, en: Lighthouse Bakery}
legal_name: {zh-Hant: 燈塔麵包, zh-Hans: 灯塔面包, en: Lighthouse Bakery}
invented: true
sites:
  - {id: shop, region: CN, title: {zh-Hant: 店, zh-Hans: 店, en: Shop}}
people:
  - {id: ada, name: Ada, roles: [recorder]}
  - {id: ben, name: Ben, roles: [approver, publisher]}
years:
  - {year: 2023, factors_as_of: 2025-03-31}
  - {year: 2024, factors_as_of: 2025-03-31}
standards: [house]
""",
    "series.csv": "activity,site,labels\nenergy.electricity,shop,\nbakery.loaves,shop,grain=rye\nbakery.loaves,shop,grain=wheat\n",
    "dimensions/grain.yaml": """\
- id: grain
  title: {zh-Hant: 穀物, zh-Hans: 谷物, en: Grain}
  closed: true
  members:
    rye: {zh-Hant: 黑麥, zh-Hans: 黑麦, en: Rye}
    wheat: {zh-Hant: 小麥, zh-Hans: 小麦, en: Wheat}
""",
    "activities/bakery.yaml": """\
- id: bakery.loaves
  title: {zh-Hant: 麵包, zh-Hans: 面包, en: Loaves}
  unit: t
  kind: flow
  breakdowns: [[grain]]
  decimals: 1
""",
    "metrics/bakery.yaml": """\
- id: bakery.energy_density
  title: {zh-Hant: 每噸能耗, zh-Hans: 每吨能耗, en: Energy per tonne}
  unit: MWh/t
  kind: ratio
  decimals: 2
  formula: energy.electricity / bakery.loaves
- id: bakery.flour_emissions
  title: {zh-Hant: 麵粉排放, zh-Hans: 面粉排放, en: Emissions of flour}
  unit: tCO2e
  kind: flow
  decimals: 1
  splits: [grain]
  formula: each(bakery.loaves * factor.flour)
""",
    "factors/flour.csv": """\
id,name,value,unit,labels,published,data_year,publisher,title,source,verified
flour-rye,flour,0.45,tCO2e/t,grain=rye,2022-05-01,2021,Miller,Flour,p. 3,seen
flour-wheat,flour,0.62,tCO2e/t,grain=wheat,2022-05-01,2021,Miller,Flour,p. 3,seen
""",
    "factors/names.yaml": "- {id: flour, title: {zh-Hant: 麵粉, zh-Hans: 面粉, en: Flour}, unit: tCO2e/t}\n",
    "standards/house.yaml": """\
id: house
title: {zh-Hant: 家規, zh-Hans: 家规, en: House rules}
edition: "2024"
disclosures:
  - {id: h-1, title: {zh-Hant: 能源, zh-Hans: 能源, en: Energy}}
""",
    "regions.csv": "id,parent,title_zh-Hant,title_zh-Hans,title_en\nQUAY,CN,碼頭,码头,Quay\n",
    "report.yaml": "title: {zh-Hant: 報告, zh-Hans: 报告, en: Report}\nchapters: []\n",
    "disclosures.yaml": "house:\n  h-1: {metrics: [energy.electricity]}\n",
    "differences.csv": "metric,labels,period,reason_zh-Hant,reason_zh-Hans,reason_en\n",
    **{f"narrative/{one}/energy.md": "{energy.electricity@2024}, ISO [[50001]].\n" for one in LANGUAGES},
}


LATER = """\
- id: bakery.double
  title: {zh-Hant: 兩倍, zh-Hans: 两倍, en: Twice}
  unit: t
  kind: flow
  formula: 2 * bakery.loaves
"""

LIBRARY = {
    "units.txt": "one = 1\nJ = [energy]\nMWh = 3600000000 * J\nt = [mass]\ntCO2e = [climate]\n",
    "regions.csv": "id,parent,title_zh-Hant,title_zh-Hans,title_en\nWORLD,,世界,世界,World\nCN,WORLD,中國,中国,China\n",
    "activities/energy.yaml": """\
- id: energy.electricity
  title: {zh-Hant: 電力, zh-Hans: 电力, en: Electricity}
  unit: MWh
  kind: flow
  decimals: 1
""",
    "reports/annual.yaml": "title: {zh-Hant: 年報, zh-Hans: 年报, en: Annual report}\nchapters: []\n",
}


@cache
def company_folder() -> Path:
    return written_to(Path(mkdtemp(prefix="lighthouse-")), FOLDER)


@cache
def library_folder() -> Path:
    """A library of its own, with units that the installed one does not have."""
    return written_to(Path(mkdtemp(prefix="lighthouse-library-")) / "library", LIBRARY)


def written_to(folder: Path, texts: Mapping[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def entry(id: str, activity: str, value: str, unit: str, year: int = 2024, **more: object) -> Entry:
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return Entry(
        id=id, activity=activity, site="shop", period=period, value=Decimal(value), unit=unit, recorded_by="ada", **more
    )


@cache
def entries() -> Mapping[str, Entry]:
    made = (
        entry("e-1", "energy.electricity", "1234.5", "MWh", evidence=("bill.pdf",)),
        entry("e-2", "bakery.loaves", "36.0", "t", labels=labels(grain="rye")),
        entry(
            "e-3", "bakery.loaves", "120.5", "t", labels=labels(grain="wheat"), estimated=True, method="bags × 25 kg"
        ),
        entry("e-4", "energy.electricity", "1180", "MWh", 2023),
    )
    return {one.id: one for one in made}


def approvals(of: Mapping[str, Entry]) -> dict[str, Approval]:
    seen = datetime(2025, 2, 3, 9, 30, tzinfo=UTC)
    return {id: Approval(entry=id, hash=one.hash, by="ben", at=seen) for id, one in of.items()}


def figures(of: Mapping[str, Entry], folder: Path | None = None) -> FactSet:
    folder = folder or company_folder()
    with units_of(library_folder() / "units.txt"):
        library, company = proven(load(library_folder(), folder)), read_company(folder)
        cells = cells_from_entries(of.values(), library.counted)
        return compute(books(library, company, read_series(folder, company, library), cells))


@cache
def content() -> Content:
    return Content(
        company="lighthouse",
        year=2024,
        release=1,
        entries=entries(),
        approvals=approvals(entries()),
        facts=figures(entries()),
        evidence={"bill.pdf": "b2a2f7d3a6f2f1f86a7e2d1c1cbd8a1c3a4b5c6d7e8f90123456789abcdef012"},
    )


def pdf(text: str) -> bytes:
    """One page that prints the text, sixteen letters a line as a narrow column would."""
    document = Pdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    lines = " ".join(f"({text[at : at + 18]}) Tj T*" for at in range(0, len(text), 18))
    page.Contents = document.make_stream(f"BT /F1 10 Tf 12 TL 40 800 Td {lines} ET".encode())
    out = BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def pages(facts: FactSet, digest: str, fingerprint: str) -> Files:
    """What rendering would give, as far as a bundle cares."""
    made: Files = {"index.html": b"<!doctype html><p>Languages", "style.css": b"p { margin: 1em }"}
    places = {"energy.electricity@2024": 1, "bakery.energy_density@2024": 2}
    shown = [(facts[key], decimals) for key, decimals in places.items() if key in facts]
    for one in LANGUAGES:
        links = [
            f'<a class="n" id="f-{f.id}" href="receipts/{f.id}.html">{number(f.value, d, one)}</a>' for f, d in shown
        ]
        seal = f"<code>{digest}</code><code>{fingerprint}</code>"
        made[f"{one}/index.html"] = f"<p>{' '.join(links)}<p>{seal}\n".encode()
        for fact, decimals in shown:
            value = f'<p class="value"><span>{number(fact.value, decimals, one)} MWh</span></p>'
            made[f"{one}/receipts/{fact.id}.html"] = value.encode()
        made[f"{one}/lighthouse-2024-{one}.pdf"] = pdf(f"{digest} {fingerprint}")
    return made


def bundle(
    of: Content | None = None,
    *,
    key: Ed25519PrivateKey = KEY,
    folder: Path | None = None,
    evidence: Files | None = None,
) -> bytes:
    """A released bundle. of: the bakery's own content if not given."""
    of = of or content()
    inside = content_files(of, library_folder(), folder or company_folder())
    digest = manifest_of(inside, **said(of)).digest
    rendered = pages(of.facts, grouped(digest), grouped(fingerprint_of(key.public_key())))
    report = {f"report/{name}": page for name, page in {**rendered, **(evidence or {})}.items()}
    return sealed({**inside, **report}, key, **said(of))


def said(of: Content) -> dict[str, object]:
    about = {"company": of.company, "year": of.year, "release": of.release}
    return {**about, "at": AT, "by": "ben", "software": "leafledger 0"}


@cache
def whole() -> bytes:
    return bundle()


def files() -> Files:
    return unpacked(whole())
