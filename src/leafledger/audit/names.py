"""Finds the digits in a text that are not amounts: standards, dates, versions, telephone numbers, ordinals, footnote marks."""

import re
from itertools import chain

from leafledger.audit.units import unit_at

_STANDARDS = (
    r"(?:ISO|IEC|IEEE|GB|GB/T|GB/Z|BS|EN|QC|SA|OHSAS|AA|AA1000|GRI|ASTM|ANSI|UL|NIST|SOC|SAE|DIN|JIS|IATF|ITU|PAS|RFC|FIPS|ISAE|ISQM|ISRE|ISA"
    r"|HKSAE|HKSQM|HKSQC|HKSA|HKAS|IAS|IFRS|HKFRS|NSF|AS|NZS|CNS|DB|YD|YY|HJ|T|TS|TR|AS/NZS|RBA|SAI|FSSC|BRC|PCI|EO|NIC|CIN|UN|TUV|CEN|ETSI|3GPP|SASB)"
)
_MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_NAMED = (
    r"(?:No\.|Nos\.(?= ?\d)|No(?= \d)|Number(?= \d)|Top|TOP|Phase|Scopes?|Categor(?:y|ies)|Tiers?|Levels?|Grade|Tables?|Figures?|Figs?\.|Notes?|Pages?|pp?\.|Sections?|Sec\."
    r"|Principles?|Articles?|Appendix|Annex(?:ure)?|Chapters?|Clauses?|Class|Type|Parts?|Goals?|SDGs?|Items?(?= [1-9]\b)|Steps?|Vol\.|Volume|Rules?|Regulations?|Question|Q\.|Ref\.|Floor|Room|Block"
    r"|Units?(?= \d+[,]? )|Lines?|Form|Paragraphs?|Schedules?|Stage|Column|Tel|Wave|Generation|Gen|Area|Windows|Office|WiFi|Wi-Fi|Industry|Web|Bluetooth|Model|Version|version|Ver\.|ver\.|Release|Series)"
)
_NAMED_ZH = (
    r"(?:范围|范畴|类别|附录|附注|注|表|图|层面|原则|阶段|步骤|第|章节|条例|规则|工业|等级|级别|目标(?=\d{1,2}[::、])|指标(?=[A-Z]?\d+\.\d)|版本|编号|代号|代码|代号[::]|号码|证书号|页)"
)
_METRIC_NAMES = r"(?:PUE|WUE|CUE|LTIFR|LTIR|TRIR|TRIFR|TRCF|LTI|GHG|ESG|NPS|KPI|COP|IT|EUI|ERE|REF|EBITDA|R&D|COD|BOD|VOC|VOCs|PPE|CO|SOX|NOX|SOx|NOx|PM|TSP|TOC|SS|RMB|CNY|HKD|USD|INR|EUR|GBP|TWD|SGD|JPY|AUD|US|HK|NT|Rs|MM|Total|TOTAL|CAGR|AIDC|CSR)"

_ALWAYS = [
    r"https?://[^\s,。;、)]+|www\.[^\s,。;、)]+|[\w.+-]+@ ?[\w-]+\.\w+",
    # standards: "ISO/IEC 27001:2022", "GB/T 45286-2025", "ISO 9001, 14001 and 45001"
    rf"(?<![A-Za-z]){_STANDARDS}(?:\s?/\s?[A-Z][A-Z]*)*(?:\s(?:Std|std|Guide))?[\s-]*\d[\d.\-/]*(?:\s?[::]\s?(?:19|20)\d\d)?(?:(?:、|,\s?|/|\s?and\s|\s?&\s|及|和|与|以及)\s?\d{{4,6}}(?:[-:]\d{{4}})?(?![\d,.%]))*",
    r"(?:19|20)\d\d\s?[::]\s?(?:19|20)\d\d",
    r"(?<=[::])(?:19|20)\d\d(?=\D|$)",
    # clauses of a code, "B1.2", "A4", "SO2", "GPT-4o", "FY2024-25", "COVID-19", "T/CESA 1304.4-2024"
    r"[A-Z]+/[A-Z]+\s?\d[\d.\-]*",
    r"FY\s?'?\d{2,4}(?:\s?[-/]\s?\d{2,4})?",
    r"(?<![A-Za-z])(?!(?:RMB|CNY|HKD|USD|INR|EUR|GBP|TWD|NTD|SGD|JPY|AUD|US|HK|NT|Rs|MOP|MM)\b|(?:RMB|CNY|HKD|USD|INR|EUR|GBP|TWD|NTD|SGD|JPY|AUD|Rs\.?)\s?\d|(?:PUE|WUE|CUE)\d|x\s?10|X\s?10)[A-Za-z][A-Za-z&]*[-./]?\d[\w.\-/+]*\w?(?:\([a-z0-9]\))*",
    # model names that begin with a digit: 8B, 3D, 5A, 0km, 10-K, 1v1, 20242094-T-469, 401(k), 4G/5G
    r"(?<![\d.,$€£¥])\d{1,4}(?:[BDAGKkXV](?![A-Za-z/\d])|[-][A-Z](?![A-Za-z])|v\d+|km(?=[^\d\s,。;.)]{0,2}(?:客户|投诉))|\([a-z]\))(?:/\d+[BDAGKX])*",
    r"\d+-[A-Z]+-\d+",
    # dates and years
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS},?\s*'?(?:\d{{4}})?",
    rf"{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-]\s?\d{{1,2}})?(?:,?\s*(?:19|20)\d\d)?(?![\d%,])",
    rf"{_MONTHS},?\s+(?:19|20)\d\d",
    r"(?:19|20)\d\d\s?[-/~至到]\s?(?:19|20)?\d\d(?=\s?(?:年|财年|财政年度|学年))",
    r"(?<![\d,.])(?:19|20)\d\d\s?[-/~]\s?(?:19|20)\d\d(?![\d,.%])",
    r"(?<![\d,.])20\d\d\s?[-/]\s?\d\d(?![\d,.%])",
    r"(?<![\d,.])(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d,.])\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?!\d)",
    r"\d{2,4}\s?年(?:度)?\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日曰号])?",
    r"(?<![\d,.])[12] ?[90] ?\d ?\d ?年",
    r"[*×xX]\s?100\s?%",
    r"(?:19|20)[0-9 ]{2,4}年|(?<![\d,.])(?:19|20)\d\d(?=\s?(?:财|年|末|底|上半年|下半年|H[12]|Q[1-4]|学年))年?度?",
    r"(?<![\d.])\d{1,2}\s?月(?:\s?\d{1,2}\s?[日曰号])?(?!份?均)",
    r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])",
    # ordinals and numbered things
    r"\d+(?:st|nd|rd|th)\b",
    r"第\s?\d+(?:\s?[、,及和至-]\s?(?:第\s?)?\d+)*",
    rf"(?<![A-Za-z]){_NAMED}\s?#?\d+(?:\.\d+)*(?:\([a-z0-9]+\))*[A-Za-z]?(?:(?:,\s(?:and|or)\s|\s?[-,&/+]\s?|\s(?:and|to|or)\s)\d{{1,3}}(?!\d|,\d|%|\.\d)(?:\([a-z0-9]+\))*)*(?![\d,]*%)",
    rf"{_NAMED_ZH}\s?[::]?\s?[A-Z]?\d+(?:\.\d+)*(?:\s?[-、,/+及和与]\s?(?:{_NAMED_ZH}\s?)?\d+(?![\d,.]*[%\d万亿]))*(?!\d|,\d|%|\s?[个项万亿])",
    r"[#№]\s?\d+",
    # telephones, postcodes, stock codes
    r"\+\d{1,3}[\d\s\-()]{6,}\d",
    r"(?<![\d.,])0\d{2,3}[- ]\d{6,8}|(?<!\d)1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)[48]00[- ]\d{3,4}[- ]\d{3,4}",
    r"(?:热线|电话|邮编|邮政编码|传真|邮箱|股票代码|股份代号|股票代号|代码|[Tt]elephone|[Tt]el\.?|[Pp]hone|[Ff]ax|[Hh]otline|[Ss]tock [Cc]ode|[Pp]ostcode|[Zz]ip)(?:\s?No\.?)?\s?[::]?\s?[\d\-+() /]{3,}",
    r"[HA]?股\s?[::]\s?\d{4,6}",
    r"\d{4,6}(?=[^\d,。;\s]{0,8}(?:热线|专线))",
    r"(?<![\d.,])0\d+(?![\d.,%])",
    # addresses, pages, clock phrases, versions
    r"\d+(?:座\d+楼|号(?:楼|院|线)?(?!召)|楼(?!梯)|室(?!外|内))",
    r"24\s?/\s?7|(?<!\d)7\s?[x*×]\s?24",
    r"[vV]\d+(?:\.\d+)*",
    r"(?<![\d.])\d+\.\d+\.\d+(?:\.\d+)*",
    r"\d+(?:\.\d+)*\s?(?=版(?!权|面|块))",
    r"(?<![\d.])\d\.0(?=\s?(?:时代|模式|版|阶段|era\b))",
    # ages name a group
    r"(?:[<>≤≥]=?\s?|under |below |over |above |aged? |ages )?\d{2}\s?(?:周?岁|歲|years? old|years? of age)(?:\s?[-~至到]\s?\d{2}\s?周?岁)?",
    r"(?:[<>≤≥]\s?)?\d{2}\s?(?:周?岁)?\s?(?:[-~至到]|to|and)\s?\d{2}\s?(?:周?岁|(?i:years?) old|(?i:years?) of age|(?i:years?)\b(?! ago))",
    r"\d{2}\+ ?[Yy]ears|[<>]\s?\d{2}\s[Yy]ears",
    # list marks at the head of a line
    r"^\s*\(?\d{1,2}(?:[.)、](?!\d)|\))(?:\s|(?=[^\s\d]))",
    r"[①-⑳]",
    # a product's number inside quotation marks, or after its mixed-case name
    r"(?<=[「『“《])[^」』”》\d]{0,24}\d+(?:\.\d+)*(?=[」』”》])",
    r"(?<=[「『“《])\d+(?:\.\d+)?(?=[^\W\d][^」』”》\d]{0,12}[」』”》])(?!\s?(?:%|万|亿|个|项|家|人|名|大|位|次|条|年|天|小时))",
    rf"(?<![A-Za-z])(?!{_METRIC_NAMES}\b)[A-Z][a-z]+[A-Z][A-Za-z]*\s\d{{1,2}}(?:\.\d{{1,2}})?(?![\d,%])",
    rf"(?<![A-Za-z])(?!{_METRIC_NAMES}\b)[A-Z]{{2,8}}\s(?:19|20)\d\d(?!\d|,\d|\.\d)",
    rf"(?<![A-Za-z])(?!{_METRIC_NAMES}\b)[A-Z]{{2,8}}\s\d\.0(?![\d%])(?=\s?[一-龥])",
]
_MARKS = [
    # footnote marks that lost their height: 流失率2, emissions (tCO2e)1, "workers.2 The"
    r"(?<=[一-龥])[1-9](?=$|\s+(?:[^\s个項项名位家人次份件宗起种類类所门天]|$))(?!\s+(?:月|日))",
    r"(?<=[一-龥A-Za-z%]\))[1-9](?=\s|$)",
    r"(?<=[a-z][.,])[1-9]\d?(?=\s[A-Z]|$)",
    r"(?<=[。；」])[1-9](?=\s|$)",
]
_HEAD = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s?(?=[A-Z\u4e00-\u9fff])")
"""The number of a heading at the head of a line, which no unit follows."""
_NAME = re.compile("|".join(f"(?:{pattern})" for pattern in _ALWAYS))
_MARK = re.compile("|".join(f"(?:{pattern})" for pattern in _MARKS))
_YEAR = re.compile(r"(?<![\d,.$€£¥₹])(?:19[5-9]\d|20[0-6]\d)(?!\d|,\d|\.\d)")


def names_in(folded: str) -> tuple[tuple[int, int], ...]:
    """Where digits stand in a folded text that name something instead of counting it: (start, end), years not among them."""
    spans = [found.span() for found in chain(_NAME.finditer(folded), _MARK.finditer(folded)) if found.group()]
    head = _HEAD.match(folded)
    if head and unit_at(folded, head.end()) is None:
        spans.append(head.span("number"))
    return tuple(spans)


def years_in(folded: str) -> tuple[tuple[int, int, int], ...]:
    """Four bare digits that may well be a year: (start, end, year)."""
    return tuple((*found.span(), int(found.group())) for found in _YEAR.finditer(folded))
