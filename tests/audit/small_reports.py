"""One small invented report in three languages, as text, HTML or PDF, with places where an error can be put in."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import typst

from leafledger.report.render.fonts import FAMILY, for_typst

WORDS = {
    "en": {
        "title": "Sustainability Report 2024",
        "about": "1.1 About this report",
        "climate": "2.1 Climate and energy",
        "water": "2.2 Water",
        "index": "GRI content index",
        "indicator": "Indicator",
        "unit": "Unit",
        "energy": "Total energy consumption",
        "direct": "Direct energy consumption",
        "indirect": "Indirect energy consumption",
        "used": "Water consumption",
        "employees": "Total employees",
        "by": "By gender",
        "men": "Male",
        "women": "Female",
        "mwh": "MWh",
        "t": "tonnes",
        "person": "persons",
        "period": "This report covers the year 2024 of Harbour Kilns.",
        "certified": "All kilns are certified to {standard}.",
        "change": "Water consumption {way} by {percent} compared with 2023.",
        "text": "We use water for washing clay and for cooling the kilns, and we measure it at every tap that we own.",
        "asked": "Something that is asked",
        "up": "increased",
        "down": "decreased",
        "climate_text": "Most of our energy is the gas that fires the kilns, which we buy from the city.",
    },
    "zh-Hant": {
        "title": "2024年可持續發展報告",
        "about": "1.1 關於本報告",
        "climate": "2.1 氣候與能源",
        "water": "2.2 水資源管理",
        "index": "GRI 內容索引",
        "indicator": "指標",
        "unit": "單位",
        "energy": "能源消耗總量",
        "direct": "直接能源消耗總量",
        "indirect": "間接能源消耗總量",
        "used": "用水量",
        "employees": "員工總數",
        "by": "按性別劃分",
        "men": "男性",
        "women": "女性",
        "mwh": "兆瓦時",
        "t": "噸",
        "person": "人",
        "period": "本報告涵蓋港口陶瓷2024年度的表現。",
        "certified": "所有窯廠均已通過{standard}管理體系認證。",
        "change": "2024年用水量較2023年{way}{percent}。",
        "text": "我們以水洗滌陶土並冷卻窯爐，在每一個水龍頭都設有計量裝置，並按月匯總記錄。",
        "asked": "所問的事項",
        "up": "上升",
        "down": "下降",
        "climate_text": "我們的能源大多是燒窯用的燃氣，向城市燃氣公司購買，並按月記錄用量。",
    },
    "zh-Hans": {
        "title": "2024年可持续发展报告",
        "about": "1.1 关于本报告",
        "climate": "2.1 气候与能源",
        "water": "2.2 水资源管理",
        "index": "GRI 内容索引",
        "indicator": "指标",
        "unit": "单位",
        "energy": "能源消耗总量",
        "direct": "直接能源消耗总量",
        "indirect": "间接能源消耗总量",
        "used": "用水量",
        "employees": "员工总数",
        "by": "按性别划分",
        "men": "男性",
        "women": "女性",
        "mwh": "兆瓦时",
        "t": "吨",
        "person": "人",
        "period": "本报告涵盖港口陶瓷2024年度的表现。",
        "certified": "所有窑厂均已通过{standard}管理体系认证。",
        "change": "2024年用水量较2023年{way}{percent}。",
        "text": "我们以水洗涤陶土并冷却窑炉，在每一个水龙头都设有计量装置，并按月汇总记录。",
        "asked": "所问的事项",
        "up": "上升",
        "down": "下降",
        "climate_text": "我们的能源大多是烧窑用的燃气，向城市燃气公司购买，并按月记录用量。",
    },
}
YEARS = ("2022", "2023", "2024")


@dataclass(frozen=True, kw_only=True)
class Small:
    """What may be wrong in it; by default nothing is."""

    language: str = "en"
    men: str = "290"
    standard: str = "ISO 14001"
    way: str = "up"
    percent: str = "25%"
    target: str = ""

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.language]

    def sections(self) -> list[tuple[str, list[str]]]:
        """Headings with what stands below."""
        w = self.words
        change = w["change"].format(way=w[self.way], percent=self.percent)
        return [
            (w["about"], [w["period"], w["certified"].format(standard=self.standard)]),
            (w["climate"], [w["climate_text"]]),
            (w["water"], [w["text"], change]),
        ]

    def rows(self) -> list[list[str]]:
        w = self.words
        return [
            [w["indicator"], w["unit"], *YEARS],
            [w["energy"], w["mwh"], "5,436.5", "5,655.5", "5,230.2"],
            [w["direct"], w["mwh"], "931.2", "1,214.3", "1,054.0"],
            [w["indirect"], w["mwh"], "4,505.3", "4,441.2", "4,176.2"],
            [w["used"], w["t"], "8,120.0", "8,000.0", "10,000.0"],
            [w["employees"], w["person"], "412", "440", "500"],
            [w["by"], "", "", "", ""],
            [w["men"], w["person"], "250", "260", self.men],
            [w["women"], w["person"], "162", "180", "210"],
        ]

    def index(self) -> list[list[str]]:
        w = self.words
        targets = [
            w["about"],
            w["about"],
            w["climate"],
            w["climate"],
            w["water"],
            w["water"],
            self.target or w["water"],
        ]
        return [[f"2-{9 + n}", w["asked"], target] for n, target in enumerate(targets, 1)]


def as_text(report: Small) -> bytes:
    lines = [report.words["title"], ""]
    for heading, sentences in report.sections():
        lines += [heading, "", *sentences, ""]
    lines += ["\t".join(cell for cell in row if cell) for row in report.rows()]
    lines += ["", report.words["index"], "", *("\t".join(row) for row in report.index())]
    return "\n".join(lines).encode()


def as_html(report: Small) -> bytes:
    body = [f"<h1>{report.words['title']}</h1>"]
    for heading, sentences in report.sections():
        body += [f"<h2>{heading}</h2>", *(f"<p>{escape(sentence)}</p>" for sentence in sentences)]
    body += [_html_table(report.rows()), f"<h2>{report.words['index']}</h2>", _html_table(report.index())]
    return f"<!doctype html><html lang='{report.language}'><meta charset='utf-8'><body>{''.join(body)}</body></html>".encode()


def _html_table(rows: list[list[str]]) -> str:
    inner = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{inner}</table>"


def as_pdf(report: Small) -> bytes:
    """Set by Typst, in the fonts of our own reports."""
    family = FAMILY[report.language]
    parts = [f'#set page(width: 18cm, height: 24cm, margin: 2cm)\n#set text(size: 9pt, font: "{family}")']
    parts.append(f"= {_typst(report.words['title'])}")
    for heading, sentences in report.sections():
        parts += [f"== {_typst(heading)}", *map(_typst, sentences)]
    parts += [
        _typst_table(report.rows(), 5),
        "#pagebreak()",
        f"== {_typst(report.words['index'])}",
        _typst_table(report.index(), 3),
    ]
    return bytes(typst.compile("\n\n".join(parts).encode(), font_paths=for_typst()))


def _typst(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "#$*_`<>@=-+/[]~\\" else letter for letter in text)


def _typst_table(rows: list[list[str]], columns: int) -> str:
    cells = ", ".join(f"[{_typst(cell)}]" for row in rows for cell in row)
    return f"#table(columns: {columns}, stroke: none, {cells})"


WRITERS = {"txt": as_text, "html": as_html, "pdf": as_pdf}


def write(report: Small, folder: Path, form: str) -> Path:
    path = folder / f"harbour.{form}"
    path.write_bytes(WRITERS[form](report))
    return path
