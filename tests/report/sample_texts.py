"""What the sample report says in each language. The company and every figure are invented."""

COMPANY = {
    "zh-Hant": "燈渡儀器有限公司（虛構）",
    "zh-Hans": "灯渡仪器有限公司（虚构）",
    "en": "Lantern Quay Instruments (invented)",
}
TITLE = {"zh-Hant": "可持續發展報告", "zh-Hans": "可持续发展报告", "en": "Sustainability Report"}
NOTE = {
    "zh-Hant": "本公司為虛構，僅用於檢驗版面。",
    "zh-Hans": "本公司为虚构，仅用于检验版面。",
    "en": "This company is invented; the report only tests how pages are set.",
}
LETTER = {
    "zh-Hant": "主席致辭",
    "zh-Hans": "主席致辞",
    "en": "From the chair",
}
LETTER_LEAD = {
    "zh-Hant": "我們製造讓港口看得更清楚的儀器，也希望別人看清楚我們自己。",
    "zh-Hans": "我们制造让港口看得更清楚的仪器，也希望别人看清楚我们自己。",
    "en": "We make instruments that let harbours see more clearly, and we would like to be seen as clearly ourselves.",
}
ENVIRONMENT = {"zh-Hant": "能源與氣候", "zh-Hans": "能源与气候", "en": "Energy and climate"}
ENVIRONMENT_LEAD = {
    "zh-Hant": "我們的排放九成以上來自外購電力。因此先做的是量得準，其次是用得少，最後才是換一種來源。",
    "zh-Hans": "我们的排放九成以上来自外购电力。因此先做的是量得准，其次是用得少，最后才是换一种来源。",
    "en": "More than nine tenths of our emissions come from bought electricity. So we first measure it well, then use less of it, "
    "and only then change where it comes from.",
}
ENERGY = {"zh-Hant": "能源消耗", "zh-Hans": "能源消耗", "en": "Energy use"}
GHG = {"zh-Hant": "溫室氣體排放", "zh-Hans": "温室气体排放", "en": "Greenhouse gas emissions"}
WATER = {"zh-Hant": "水與廢棄物", "zh-Hans": "水与废弃物", "en": "Water and waste"}
METHOD = {"zh-Hant": "計算方法", "zh-Hans": "计算方法", "en": "How it is computed"}
PEOPLE = {"zh-Hant": "人與工作", "zh-Hans": "人与工作", "en": "People and work"}
PEOPLE_LEAD = {
    "zh-Hant": "年末在職人數按性別、年齡與地區統計；兼職者另列。",
    "zh-Hans": "年末在职人数按性别、年龄与地区统计；兼职者另列。",
    "en": "Heads at year-end are counted by gender, age and region; part-timers stand apart.",
}
WORKFORCE = {"zh-Hant": "人員構成", "zh-Hans": "人员构成", "en": "Who works here"}
SAFETY = {
    "zh-Hant": "健康與安全：從一次演練中學到的事",
    "zh-Hans": "健康与安全：从一次演练中学到的事",
    "en": "Health and safety: what one drill taught us about the long way down from the roof",
}
APPENDIX = {"zh-Hant": "關鍵績效", "zh-Hans": "关键绩效", "en": "Key figures"}
ALL_FIGURES = {"zh-Hant": "三年績效數據", "zh-Hans": "三年绩效数据", "en": "Figures of three years"}
INDICES = {"zh-Hant": "內容索引", "zh-Hans": "内容索引", "en": "Content indices"}
GRI = {"zh-Hant": "GRI 內容索引", "zh-Hans": "GRI 内容索引", "en": "GRI content index"}
SDG = {"zh-Hant": "可持續發展目標", "zh-Hans": "可持续发展目标", "en": "Sustainable Development Goals"}

LONG = {
    "zh-Hant": [
        "二〇二四年，我們在三個園區安裝了 146 個分項電錶，每 15 分鐘讀數一次；其中 ISO 50001 認證範圍內的 92 個由第三方校準。"
        "讀數直接進入賬本，任何人都可以從報告中的一個數字走回當天的讀數——「走得回去」是我們對自己的要求，不是口號。",
        "與前一年相比，用電量下降主要來自兩件事：其一，屋頂光伏（solar PV）在四月併網；其二，Building C 的冷凍機改為變頻，"
        "夏季夜間的最低負荷由 310 kW 降至 205 kW。我們沒有把天氣的影響算作自己的成績：二〇二四年夏季比前一年涼爽，"
        "按度日數（degree days）修正後，節約量約為未修正時的三分之二。修正方法、所用的氣象站以及計算過程，"
        "都可以從該數字的憑據中查到；若將來方法改變，舊數字不會悄悄移動，而會以重述的方式並列。",
    ],
    "zh-Hans": [
        "二〇二四年，我们在三个园区安装了 146 个分项电表，每 15 分钟读数一次；其中 ISO 50001 认证范围内的 92 个由第三方校准。"
        "读数直接进入账本，任何人都可以从报告中的一个数字走回当天的读数——“走得回去”是我们对自己的要求，不是口号。",
        "与前一年相比，用电量下降主要来自两件事：其一，屋顶光伏（solar PV）在四月并网；其二，Building C 的冷冻机改为变频，"
        "夏季夜间的最低负荷由 310 kW 降至 205 kW。我们没有把天气的影响算作自己的成绩：二〇二四年夏季比前一年凉爽，"
        "按度日数（degree days）修正后，节约量约为未修正时的三分之二。修正方法、所用的气象站以及计算过程，"
        "都可以从该数字的凭据中查到；若将来方法改变，旧数字不会悄悄移动，而会以重述的方式并列。",
    ],
    "en": [
        "In 2024 we fitted 146 sub-meters at three sites, each read every 15 minutes; the 92 of them that lie within our ISO 50001 "
        "certificate were calibrated by a third party. Readings go straight into the ledger, and anyone can walk from a number in "
        "this report back to the reading of the day. That “one can walk back” is what we ask of ourselves; it is not a slogan.",
        "Electricity fell mainly for two reasons. The roof photovoltaics were connected in April, and the chillers of Building C "
        "now run at variable speed, which took the lowest load of a summer night from 310 kW to 205 kW. We did not book the weather "
        "as our own achievement: the summer was cooler than the one before, and corrected for degree days the saving is about two "
        "thirds of what the meters say. The method, the weather station and each step can be found in the receipt of the figure; "
        "should the method change one day, the old figure will not move quietly but stand beside the new one as a restatement.",
    ],
}
USED = {
    "zh-Hant": ("全年能源消耗", "，其中電力", "。第三方車隊的燃料尚無記錄：", "。計算方法見", "。"),
    "zh-Hans": ("全年能源消耗", "，其中电力", "。第三方车队的燃料尚无记录：", "。计算方法见", "。"),
    "en": (
        "Energy use of the year was ",
        ", of which electricity ",
        ". Fuel of hired vehicles is not recorded: ",
        ". For the method see ",
        ".",
    ),
}
HOLE = {
    "zh-Hant": "〔外租車輛燃料：無數據〕",
    "zh-Hans": "〔外租车辆燃料：无数据〕",
    "en": "[Fuel of hired vehicles: no figure]",
}
NONE = {"zh-Hant": "無數據", "zh-Hans": "无数据", "en": "no figure"}
POINTS = {
    "zh-Hant": (
        "先量後減：沒有電錶的地方不報節約。",
        "用電高峰前一小時預冷，高峰時讓出 120 kW。",
        "二〇二五年起把「誰批准了這個數字」印在每一頁的憑據中。",
    ),
    "zh-Hans": (
        "先量后减：没有电表的地方不报节约。",
        "用电高峰前一小时预冷，高峰时让出 120 kW。",
        "二〇二五年起把“谁批准了这个数字”印在每一页的凭据中。",
    ),
    "en": (
        "Measure before saving: where there is no meter we claim no saving.",
        "Cool ahead in the hour before the evening peak, and give back 120 kW during it.",
        "From 2025 on, the receipt of every figure says who approved it.",
    ),
}
MISSING_TITLE = {"zh-Hant": "尚待補充", "zh-Hans": "尚待补充", "en": "Still to be written"}
MISSING_TEXT = {
    "zh-Hant": "本節尚未撰寫。請將文字放入 narrative/zh-Hant/environment.water.md。",
    "zh-Hans": "本节尚未撰写。请将文字放入 narrative/zh-Hans/environment.water.md。",
    "en": "This section has no text yet. Put it into narrative/en/environment.water.md.",
}
ASIDE_TITLE = {
    "zh-Hant": "為什麼用市場法以外的係數",
    "zh-Hans": "为什么用市场法以外的系数",
    "en": "Why not the market-based factor",
}
ASIDE = {
    "zh-Hant": "綠色電力證書在二〇二四年只覆蓋 18% 的用電，且來源省份與用電省份不同；我們把兩種結果都列出，以所在地法為主。",
    "zh-Hans": "绿色电力证书在二〇二四年只覆盖 18% 的用电，且来源省份与用电省份不同；我们把两种结果都列出，以所在地法为主。",
    "en": "Certificates covered 18% of the electricity in 2024 and came from other provinces than the use. Both results are shown; "
    "the location-based one leads.",
}
YEARS = {
    "zh-Hant": ("2022年", "2023年", "2024年"),
    "zh-Hans": ("2022年", "2023年", "2024年"),
    "en": ("2022", "2023", "2024"),
}
INDICATOR = {"zh-Hant": "指標", "zh-Hans": "指标", "en": "Indicator"}
UNIT = {"zh-Hant": "單位", "zh-Hans": "单位", "en": "Unit"}
PERSONS = {"zh-Hant": "人", "zh-Hans": "人", "en": "persons"}
TONNES = {"zh-Hant": "噸二氧化碳當量", "zh-Hans": "吨二氧化碳当量", "en": "t CO₂e"}
MWH = {"zh-Hant": "兆瓦時", "zh-Hans": "兆瓦时", "en": "MWh"}
INDEX_HEADER = {
    "zh-Hant": ("披露項", "內容", "位置與說明"),
    "zh-Hans": ("披露项", "内容", "位置与说明"),
    "en": ("Disclosure", "What it asks for", "Where answered"),
}
OMITTED = {
    "zh-Hant": "省略：範圍三的數據尚未達到可發佈的質量，預計二〇二六年補充。",
    "zh-Hans": "省略：范围三的数据尚未达到可发布的质量，预计二〇二六年补充。",
    "en": "Omitted: scope 3 data are not yet good enough to publish; expected for 2026.",
}
UNANSWERED = {"zh-Hant": "尚未回應", "zh-Hans": "尚未回应", "en": "not answered yet"}
COMMA = {"zh-Hant": "、", "zh-Hans": "、", "en": ", "}
RESTATED = {
    "zh-Hant": "用電量，2023年重述：Building C 的電錶倍率更正。原先公佈的數值為9,214.0。",
    "zh-Hans": "用电量，2023年重述：Building C 的电表倍率更正。原先公布的数值为9,214.0。",
    "en": "Electricity, 2023, restated: the multiplier of a meter in Building C was corrected. The value published before was 9,214.0.",
}
NO_FIGURE_NOTE = {
    "zh-Hant": "「無數據」表示沒有記錄，並不表示為零。",
    "zh-Hans": "“无数据”表示没有记录，并不表示为零。",
    "en": "“No figure” means that nothing is recorded; it does not mean zero.",
}
ESTIMATED_NOTE = {
    "zh-Hant": "全部或部分為估算；點開數字可見估算方法與所佔比例。",
    "zh-Hans": "全部或部分为估算；点开数字可见估算方法与所占比例。",
    "en": "Estimated in whole or in part; the receipt of the figure gives the method and the share.",
}
MARK = {"zh-Hant": "估", "zh-Hans": "估", "en": "e"}
RESTATED_MARK = {"zh-Hant": "重", "zh-Hans": "重", "en": "r"}
FIGURE_ROWS = {
    "zh-Hant": {
        "能源": ("汽油", "柴油", "天然氣", "外購電力", "光伏自用", "能源消耗總量", "能源消耗密度"),
        "排放": ("範圍一", "範圍二（所在地法）", "範圍二（市場法）", "範圍一與範圍二合計", "排放密度"),
        "水與廢棄物": ("用水總量", "廢水", "有害廢棄物", "無害廢棄物", "包裝材料"),
        "人員": ("在職人數", "三十歲以下", "三十至五十歲", "五十歲以上", "女性", "男性", "兼職", "主動離職率"),
        "培訓與安全": ("受訓比例", "人均受訓時數", "因工損失工作日", "因工死亡人數", "演練次數"),
        "供應商與社區": ("供應商總數", "境內", "境外", "簽署廉潔承諾的供應商", "捐款", "志願服務時數"),
    },
    "zh-Hans": {
        "能源": ("汽油", "柴油", "天然气", "外购电力", "光伏自用", "能源消耗总量", "能源消耗密度"),
        "排放": ("范围一", "范围二（所在地法）", "范围二（市场法）", "范围一与范围二合计", "排放密度"),
        "水与废弃物": ("用水总量", "废水", "有害废弃物", "无害废弃物", "包装材料"),
        "人员": ("在职人数", "三十岁以下", "三十至五十岁", "五十岁以上", "女性", "男性", "兼职", "主动离职率"),
        "培训与安全": ("受训比例", "人均受训时数", "因工损失工作日", "因工死亡人数", "演练次数"),
        "供应商与社区": ("供应商总数", "境内", "境外", "签署廉洁承诺的供应商", "捐款", "志愿服务时数"),
    },
    "en": {
        "Energy": ("Petrol", "Diesel", "Natural gas", "Electricity bought", "Photovoltaics used on site", "Energy use", "Energy density"),
        "Emissions": ("Scope 1", "Scope 2, location-based", "Scope 2, market-based", "Scopes 1 and 2", "Emission density"),
        "Water and waste": ("Water used", "Waste water", "Hazardous waste", "Harmless waste", "Packaging"),
        "People": ("Heads", "Under 30", "30 to 50", "Over 50", "Women", "Men", "Part-timers", "Voluntary turnover rate"),
        "Training and safety": ("Share trained", "Hours of training per head", "Days lost to injuries", "Deaths at work", "Drills"),
        "Suppliers and community": (
            "Suppliers", "In the country", "Abroad", "Suppliers that signed the integrity pledge", "Donations", "Hours of volunteers",
        ),
    },
}  # fmt: skip
DISCLOSURES = {
    "302-1": {
        "zh-Hant": "組織內部的能源消耗",
        "zh-Hans": "组织内部的能源消耗",
        "en": "Energy used within the organisation",
    },
    "305-1": {"zh-Hant": "直接排放", "zh-Hans": "直接排放", "en": "Direct emissions"},
    "305-2": {"zh-Hant": "能源間接排放", "zh-Hans": "能源间接排放", "en": "Emissions from bought energy"},
    "305-3": {"zh-Hant": "其他間接排放", "zh-Hans": "其他间接排放", "en": "Other indirect emissions"},
    "401-1": {"zh-Hant": "新進與離職員工", "zh-Hans": "新进与离职员工", "en": "Hires and leavers"},
    "403-9": {"zh-Hant": "工傷", "zh-Hans": "工伤", "en": "Injuries at work"},
}
GOALS = {
    3: {"zh-Hant": "健康與福祉", "zh-Hans": "健康与福祉", "en": "Health"},
    4: {"zh-Hant": "優質教育", "zh-Hans": "优质教育", "en": "Education"},
    5: {"zh-Hant": "性別平等", "zh-Hans": "性别平等", "en": "Gender equality"},
    7: {"zh-Hant": "可負擔的潔淨能源", "zh-Hans": "可负担的清洁能源", "en": "Affordable and clean energy"},
    8: {"zh-Hant": "就業與經濟", "zh-Hans": "就业与经济", "en": "Work and growth"},
    9: {"zh-Hant": "產業與創新", "zh-Hans": "产业与创新", "en": "Industry and innovation"},
    10: {"zh-Hant": "減少不平等", "zh-Hans": "减少不平等", "en": "Less inequality"},
    12: {"zh-Hant": "負責任的消費與生產", "zh-Hans": "负责任的消费与生产", "en": "Responsible use and production"},
    13: {"zh-Hant": "氣候行動", "zh-Hans": "气候行动", "en": "Climate action"},
    16: {"zh-Hant": "和平與制度", "zh-Hans": "和平与制度", "en": "Peace and institutions"},
    17: {"zh-Hant": "夥伴關係", "zh-Hans": "伙伴关系", "en": "Partnership"},
}
