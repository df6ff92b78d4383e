"""Finds the digits in a text that are not amounts: standards, dates, versions, telephone numbers, ordinals, footnote marks."""

import re
from functools import lru_cache
from itertools import chain

from leafledger.audit.units import unit_at
from leafledger.audit.wording import lists

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_CLOSED = r"(?:[個个項项名位家人次份件宗起種种類类所门天年月日倍成大级万亿百千余多篇台套元吨度])"
"""Counters: a digit before one of them counts."""
_MONEY = r"(?:RMB|CNY|HKD|USD|INR|EUR|GBP|TWD|NTD|SGD|JPY|AUD|US|HK|NT|Rs|MOP|MM)"
_AGE = r"(?:周?岁|(?i:years?)\sold|(?i:years?)\sof\sage)"

_WEB = (r"https?://[^\s,。;、)]+|www\.[^\s,。;、)]+|(?<![\w.+-])[\w.+-]{1,64}@\s?[\w-]{1,64}\.\w+",)

_DATES = (
    r"(?:19|20)\d\d\s?[::]\s?(?:19|20)\d\d",
    r"(?<=[::])(?:19|20)\d\d(?=\D|$)",
    r"FY\s?'?\d{2,4}(?:\s?[-/]\s?\d{2,4})?",
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s*'?(?:\d{{4}})?",
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s?-\s?\d{{1,2}})?(?:,?\s*(?:19|20)\d\d)?(?!\d|%|,\d)",
    rf"{_MONTH},?\s+(?:19|20)\d\d",
    r"(?:19|20)\d\d\s?[-/~至到]\s?(?:19|20)?\d\d(?=\s?(?:年|财年|财政年度|学年))",
    r"(?<![\d,.])(?:19|20)\d\d\s?[-/~]\s?(?:19|20)\d\d(?![\d,.%])",
    r"(?<![\d,.])20\d\d\s?[-/]\s?\d\d(?![\d,.%])",
    r"(?<![\d,.])(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
    r"(?<![\d,.])\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?!\d)",
    r"\d{2,4}\s?年(?:度)?\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日曰号])?",
    r"(?<![\d,.])[12]\s?[90]\s?\d\s?\d\s?年|(?:19|20)[0-9 ]{2,4}年",
    r"(?<![\d,.])(?:19|20)\d\d(?=\s?(?:财|年|末|底|上半年|下半年|H[12]|Q[1-4]|学年))年?度?",
    r"(?<![\d.])\d{1,2}\s?月(?:\s?\d{1,2}\s?[日曰号])?(?!份?均)",
    r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])",
    r"24\s?/\s?7|(?<!\d)7\s?[x*×]\s?24",
)
_CODES = (
    # clauses, gases, models: "T/ABC 12.3-2024", "B1.2", "SO2", "GPT-4o", "COVID-19"
    r"(?<![A-Z])[A-Z]{1,8}/[A-Z]{1,8}\s?\d[\d.\-]*",
    rf"(?<![A-Za-z])(?!{_MONEY}\b|(?:{_MONEY}|PUE|WUE|CUE|[xX]\s?1(?=0))\.?\s?\d)[A-Za-z][A-Za-z&]{{0,24}}[-./]?\d[\w.\-/+]*\w?(?:\([a-z0-9]\))*",
    # models that begin with a digit: "8B", "3D", "10-K", "1v1", "401(k)", "4G/5G"
    r"(?<![\d.,$€£¥])\d{1,4}(?:[BDAGKkXV](?![A-Za-z/\d])|-[A-Z](?![A-Za-z])|v\d+|km(?=[^\d\s,。;.)]{0,2}(?:客户|投诉))|\([a-z]\))(?:/\d+[BDAGKX])*",
    r"(?<!\d)\d{1,12}-[A-Z]{1,4}-\d+",
    r"[vV]\d+(?:\.\d+)*",
    r"(?<![\d.])\d{1,4}\.\d{1,4}\.\d{1,4}(?:\.\d{1,4}){0,4}",
    r"(?<![\d.])\d{1,4}(?:\.\d{1,4}){0,4}\s?(?=版(?!权|面|块))",
    r"(?<![\d.])\d\.0(?=\s?(?:时代|模式|版|阶段|era\b))",
    r"[*×xX]\s?100\s?%",
)
_ORDINALS = (
    r"(?<!\d)(?:\d{1,4}/)?\d{1,4}(?:st|nd|rd|th)\b",
    r"第\s?\d+(?:\s?[、,及和至-]\s?(?:第\s?)?\d+)*",
    r"[#№]\s?\d+",
    # list marks at the head of a line
    r"^\s*\(?\d{1,2}(?:[.)、](?!\d)|\))(?:\s|(?=[^\s\d]))",
)
_NUMBERS_OF = (
    # telephones, codes, addresses
    r"\+\d{1,3}[\d\s\-()]{6,20}\d",
    r"(?<![\d.,])0\d{2,3}[- ]\d{6,8}|(?<!\d)1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)[48]00[- ]\d{3,4}[- ]\d{3,4}",
    r"[HA]?股\s?[::]\s?\d{4,6}",
    r"\d{4,6}(?=[^\d,。;\s]{0,8}(?:热线|专线))",
    r"(?<![\d.,])0\d+(?![\d.,%])|\d{17,}|(?<!\d)\d{1,16}\.\d{13,}",
    r"(?<=,\s)[A-Z]{2}\s\d{5}(?![\d,])",
    r"(?<!\d)\d{1,6}(?:座\d{1,4}楼|号(?:楼|院|线)?(?!召)|楼(?!梯)|室(?!外|内))",
)
_AGES = (
    rf"(?:[<>≤≥]=?\s?|under\s|below\s|over\s|above\s|aged?\s|ages\s)?\d{{2}}\s?{_AGE}(?:\s?[-~至到]\s?\d{{2}}\s?周?岁)?",
    rf"(?:[<>≤≥]\s?)?\d{{2}}\s?(?:周?岁)?\s?(?:[-~至到]|to|and)\s?\d{{2}}\s?(?:{_AGE}|(?i:years?)\b(?!\sago))",
    r"\d{2}\+\s?[Yy]ears|[<>]\s?\d{2}\s[Yy]ears",
)
_QUOTED = (
    # the number of a product: 「某某3.1」, 「618促銷」
    r"(?<=[「『“《])[^」』”》\d]{0,24}\d{1,8}(?:\.\d{1,4}){0,3}(?=[」』”》])",
    r"(?<=[「『“《])\d+(?:\.\d+)?(?=[^\W\d][^」』”》\d]{0,12}[」』”》])(?!\s?(?:%|万|亿|个|项|家|人|名|大|位|次|条|年|天|小时))",
)
_MARKS = (
    # footnote marks that lost their height: 流失率2, emissions (tCO2e)1, "workers.2 The"
    rf"(?<=[一-龥])[1-9](?=$|\s+(?:(?!{_CLOSED})\S|$))(?!\s+(?:月|日))",
    r"(?<=[一-龥A-Za-z%\])])[1-9](?=\s|$)",
    rf"(?<=[率数量额比况例])[1-9](?=[一-龥])(?!{_CLOSED})",
    r"(?<=[a-z][.,])[1-9]\d?(?=\s[A-Z]|$)",
    r"(?<=[。;」])[1-9](?=\s|$)",
)
_HEAD = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?:\s(?=[A-Z])|\s?(?=[\u4e00-\u9fff]))")
"""The number of a heading at the head of a line, which no unit follows."""
_YEAR = re.compile(r"(?<![\d,.$€£¥₹])(?:19[5-9]\d|20[0-6]\d)(?!\d|,\d|\.\d)")


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    """All of them, those with words of the library among them."""
    # "ISO/IEC 27001:2022", "GB/T 12345-2020", "ISO 9001, 14001 and 45001"
    standard = (
        rf"(?<![A-Za-z])(?:{_either('standard')})(?:\s?/\s?[A-Z][A-Z]*)*(?:\s(?:Std|std|Guide))?[\s-]*\d[\d.\-/]*(?:\s?[::]\s?(?:19|20)\d\d)?"
        r"(?:(?:、|,\s?|/|\s?and\s|\s?&\s|及|和|与|以及)\s?\d{4,6}(?:[-:]\d{4})?(?![\d,.%]))*"
    )
    # "Scope 1, 2 and 3", "Table 5", "pp. 11-12"
    numbered = (
        rf"(?<![A-Za-z])(?:{_either('numbered')})\s?#?\d+(?:\.\d+)*(?:\([a-z0-9]+\))*[A-Za-z]?"
        r"(?:(?:,\s(?:and|or)\s|\s?[-,&/+]\s?|\s(?:and|to|or)\s)\d{1,3}(?!\d|,\d|%|\.\d)(?:\([a-z0-9]+\))*)*(?![\d,]*%)"
    )
    zh = f"(?:{_either('numbered_zh')}|目标(?=\\d{{1,2}}[::、])|指标(?=[A-Z]?\\d+\\.\\d))"
    numbered_zh = rf"{zh}\s?[::]?\s?[A-Z]?\d+(?:\.\d+)*(?:\s?[-、,/+及和与]\s?(?:{zh}\s?)?\d+(?![\d,.]*[%\d万亿]))*(?!\d|,\d|%|\s?[个项万亿])"
    coded = rf"(?:{_either('coded')})(?:\s?No\.?)?\s?[::]?\s?[\d\-+() /]{{3,}}"
    # a product after its name in mixed case, an event after its capitals: "OpenThing 3.1", "EXPO 2024", "AI 3.0"
    figure = rf"(?!(?:{_either('capital_figure')})\b)"
    products = (
        rf"(?<![A-Za-z]){figure}[A-Z][a-z]+[A-Z][A-Za-z]*\s\d{{1,2}}(?:\.\d{{1,2}})?(?![\d,%])",
        rf"(?<![A-Za-z]){figure}[A-Z]{{2,8}}\s(?:19|20)\d\d(?!\d|,\d|\.\d)",
        rf"(?<![A-Za-z]){figure}[A-Z]{{2,8}}\s\d\.0(?![\d%])(?=\s?[一-龥])",
    )
    groups = (
        _WEB,
        (standard,),
        _DATES[:2],
        _CODES[:1],
        _DATES[2:3],
        _CODES[1:],
        _DATES[3:],
        (numbered, numbered_zh, coded),
    )
    return re.compile(
        "|".join(f"(?:{one})" for one in chain(*groups, _ORDINALS, _NUMBERS_OF, _AGES, _QUOTED, products))
    )


_MARK = re.compile("|".join(f"(?:{one})" for one in _MARKS))


def _either(name: str) -> str:
    return "|".join(re.escape(word) for word in lists()[name])


def names_in(folded: str) -> tuple[tuple[int, int], ...]:
    """Where digits stand in a folded text that name something instead of counting it: (start, end), years not among them."""
    spans = [found.span() for found in chain(_names().finditer(folded), _MARK.finditer(folded)) if found.group()]
    head = _HEAD.match(folded)
    if head and unit_at(folded, head.end()) is None:
        spans.append(head.span("number"))
    return tuple(spans)


def years_in(folded: str) -> tuple[tuple[int, int, int], ...]:
    """Four bare digits that may well be a year: (start, end, year)."""
    return tuple((*found.span(), int(found.group())) for found in _YEAR.finditer(folded))
