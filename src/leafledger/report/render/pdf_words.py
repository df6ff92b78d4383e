"""The words that only paper needs, in each language; a report's own words come first."""

from leafledger.report.blocks import Report

LANGUAGE_NAMES = {
    "zh-Hant": {"zh-Hant": "繁體中文", "zh-Hans": "簡體中文", "en": "英文"},
    "zh-Hans": {"zh-Hant": "繁体中文", "zh-Hans": "简体中文", "en": "英文"},
    "en": {"zh-Hant": "Traditional Chinese", "zh-Hans": "Simplified Chinese", "en": "English"},
}

PAPER = {
    "zh-Hant": {
        "contents": "目錄",
        "on_page": "第 {page} 頁",
        "bracket_open": "（",
        "bracket_close": "）",
        "draft": "草稿——尚未發佈",
        "released": "已發佈",
        "imprint": "關於本文件",
        "company": "公司",
        "period": "報告期",
        "state": "狀態",
        "editions": "語言版本",
        "prevailing": "各語言版本如有出入，以{language}版本為準。",
        "digest": "發佈摘要碼",
        "key_fingerprint": "簽署密鑰指紋",
        "digest_note": "隨報告發佈的資料包可獨立重算書中每一個數字；資料包的摘要碼應與此處所印一致。",
        "goals": "回應的可持續發展目標",
        "data": "數據",
        "colon": "：",
        "comma": "，",
        "semicolon": "；",
        "stop": "。",
        "description": "{company}可持續發展報告，{period}",
        "document_title": "{company}：{title} {period}",
    },
    "zh-Hans": {
        "contents": "目录",
        "on_page": "第 {page} 页",
        "bracket_open": "（",
        "bracket_close": "）",
        "draft": "草稿——尚未发布",
        "released": "已发布",
        "imprint": "关于本文件",
        "company": "公司",
        "period": "报告期",
        "state": "状态",
        "editions": "语言版本",
        "prevailing": "各语言版本如有出入，以{language}版本为准。",
        "digest": "发布摘要码",
        "key_fingerprint": "签署密钥指纹",
        "digest_note": "随报告发布的数据包可独立重算书中每一个数字；数据包的摘要码应与此处所印一致。",
        "goals": "回应的可持续发展目标",
        "data": "数据",
        "colon": "：",
        "comma": "，",
        "semicolon": "；",
        "stop": "。",
        "description": "{company}可持续发展报告，{period}",
        "document_title": "{company}：{title} {period}",
    },
    "en": {
        "contents": "Contents",
        "on_page": "page {page}",
        "bracket_open": " (",
        "bracket_close": ")",
        "draft": "Draft – not released",
        "released": "Released",
        "imprint": "About this document",
        "company": "Company",
        "period": "Reporting period",
        "state": "State",
        "editions": "Language editions",
        "prevailing": "Where the language editions differ in meaning, the {language} edition prevails.",
        "digest": "Release digest",
        "key_fingerprint": "Fingerprint of the signing key",
        "digest_note": "The bundle released with this report recomputes every figure in it; its digest must be the one printed here.",
        "goals": "Sustainable Development Goals answered to",
        "data": "Data",
        "colon": ": ",
        "comma": ", ",
        "semicolon": "; ",
        "stop": ".",
        "description": "Sustainability report of {company}, {period}",
        "document_title": "{company}: {title} {period}",
    },
}


def paper_words(report: Report) -> dict[str, str]:
    """Every word the pages need, with its values filled in. A prevailing edition that is not a language stands as it is."""
    words = {**PAPER[report.language], **report.words}
    prevailing = LANGUAGE_NAMES[report.language].get(report.prevailing)
    words["prevailing"] = words["prevailing"].format(language=prevailing) if prevailing else report.prevailing
    for key in ("description", "document_title"):
        words[key] = words[key].format(company=report.company, title=report.title, period=report.period)
    words["page_before"], _, words["page_after"] = words["on_page"].partition("{page}")
    return words
