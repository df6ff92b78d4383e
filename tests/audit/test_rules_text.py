"""What the checks find in sentences, notes, titles and indices of small invented reports, and what they leave alone."""

from dataclasses import replace

import pytest
from build import Build

from leafledger.audit.mention import Reading
from leafledger.audit.rules.answers import empty_reference
from leafledger.audit.rules.change import said_change
from leafledger.audit.rules.coverage import said_of_all
from leafledger.audit.rules.disclosures import unanswered
from leafledger.audit.rules.formulas import footnote_formula
from leafledger.audit.rules.lists import counted_elsewhere, counted_list, of_which
from leafledger.audit.rules.names import standard_names
from leafledger.audit.rules.prior import changed_since
from leafledger.audit.rules.recompute import burnt_fuel, derived_rates, grid_factor, parts_elsewhere
from leafledger.audit.rules.references import dead_reference, wrong_page
from leafledger.audit.rules.restated import restated
from leafledger.audit.rules.rownames import misquoted_row, row_named_after_column, said_mainly
from leafledger.audit.rules.stocks import stock_and_flow
from leafledger.audit.rules.titles import copied_title
from leafledger.audit.rules.trends import change_against_series, claimed_better
from leafledger.audit.verdict import Rule, Verdict
from leafledger.library.load import LIBRARY, load


def found(check: Rule, *sentences: str, year: int = 2024) -> list[Verdict]:
    """What a check says of a report of these lines."""
    report = Build(year=year)
    for sentence in sentences:
        report.says(sentence)
    return list(check(report.reading()))


class TestOfWhich:
    @pytest.mark.parametrize(
        "sentence",
        [
            "全年共舉辦80場活動，其中比賽21場，科普活動9場，展會及其他活動45場。",
            "全年共举办80场活动，其中比赛21场，科普活动9场，展会及其他活动45场。",
        ],
    )
    def test_parts_with_others_that_miss_the_whole_are_likely_wrong(self, sentence: str) -> None:
        (one,) = found(of_which, sentence)
        assert (one.certainty, one.proof) == ("likely", "21 + 9 + 45 = 75 ≠ 80")

    def test_parts_that_make_it_are_left_alone(self) -> None:
        assert not found(of_which, "共參與34項標準，其中國際標準13項，國內標準21項。")

    def test_parts_that_need_not_make_it_are_left_alone(self) -> None:
        assert not found(of_which, "董事會有8人，其中女性董事1人，獨立董事3人。")

    def test_sums_of_money_cannot_overlap(self) -> None:
        (one,) = found(of_which, "慰問金43萬元，其中發放救助金7萬元，補助42萬元，撫卹金8萬元。")
        assert one.certainty == "likely"


class TestLists:
    def test_a_list_longer_than_its_count_is_found(self) -> None:
        assert not found(counted_list, "董事會下設審計委員會、薪酬委員會、提名委員會、戰略委員會四個委員會。")
        (one,) = found(counted_list, "董事會下設審計委員會、薪酬委員會、提名委員會、戰略委員會五個委員會。")
        assert one.proof == "5 ≠ 4"

    def test_and_within_a_name_makes_no_list_longer(self) -> None:
        assert not found(counted_list, "報告從治理、風險和機遇管理、戰略、指標和目標四個層面展開。")

    def test_a_list_that_goes_on_is_left_alone(self) -> None:
        assert not found(counted_list, "公司在上海、北京、深圳等44個城市設有辦公室。")

    def test_english_lists_after_a_colon(self) -> None:
        (one,) = found(counted_list, "Our strategy has three pillars: people, planet, products, profit and principles.")
        assert one.certainty == "question"

    def test_groups_that_are_listed_elsewhere_are_counted(self) -> None:
        (one,) = found(
            counted_elsewhere,
            "問卷覆蓋9類內外部利益相關方群體。",
            "主要利益相關方包括股東及投資者、政府、媒體、供應商、合作夥伴、用戶、員工以及社區。",
        )
        assert one.certainty == "question"


class TestStandards:
    @pytest.mark.parametrize(
        ("sentence", "instead"),
        [
            ("集團有11家企業通過ISO 14000環境管理體系認證。", "ISO 14001"),
            ("集团通过ISO 9000质量管理体系认证。", "ISO 9001"),
            ("Our plants are certified to OHSAS 18001.", "ISO 45001"),
            ("Our plants are certified to ISO 14001:2018.", "ISO 14001:2015"),
        ],
    )
    def test_names_that_nobody_is_certified_to(self, sentence: str, instead: str) -> None:
        (one,) = found(standard_names, sentence)
        assert one.values["instead"] == instead

    @pytest.mark.parametrize(
        "sentence",
        [
            "集團通過ISO 14001:2015環境管理體系認證。",
            "We follow the ISO 14000 series; our plants are certified to ISO 14001.",
            "我們持有ISO/IEC 27001:2022證書。",
        ],
    )
    def test_names_that_are_right(self, sentence: str) -> None:
        assert not found(standard_names, sentence)

    def test_what_was_right_then_is_left_alone(self) -> None:
        assert not found(standard_names, "Our plants are certified to OHSAS 18001.", year=2017)


class TestRestated:
    TABLE = "Waste | waste.total | t | 267.3 | 646.8 | 651.2"

    def notes(self, *notes: str) -> list[Verdict]:
        report = Build().table("Waste", "2022 2023 2024", self.TABLE)
        for note in notes:
            report.says(note)
        return list(restated(report.reading()))

    @pytest.mark.parametrize(
        "note",
        [
            "附註：本集團對2023年廢棄物總量進行了重溯。",
            "附注：本集团对2023年废弃物总量进行了重述。",
            "Notes: 1. The total waste of 2023 was restated.",
        ],
    )
    def test_a_restatement_without_amount_or_reason_is_found(self, note: str) -> None:
        (one,) = self.notes(note)
        assert one.certainty == "certain"

    @pytest.mark.parametrize(
        "note",
        [
            "附註：因統計口徑調整，本集團對2023年廢棄物總量進行了重溯。",
            "Notes: 1. The total waste of 2023 was restated from 612.4 t to correct a double count.",
            "Notes: 1. If a figure is wrong it will be restated.",
        ],
    )
    def test_one_with_a_reason_or_an_amount_is_left_alone(self, note: str) -> None:
        assert not self.notes(note)


class TestChange:
    def test_a_percentage_that_from_and_to_do_not_make(self) -> None:
        (one,) = found(said_change, "Water use fell by 30% from 1,200 t to 900 t.")
        assert one.proof == "(900 − 1,200) / 1,200 = -25 % ≠ 30%"

    def test_a_direction_that_the_numbers_do_not_take(self) -> None:
        (one,) = found(said_change, "能源消耗由1,200噸下降至1,350噸。")
        assert "it fell" in one.message

    def test_one_that_is_lower_by_so_much(self) -> None:
        assert not found(said_change, "全年平均PUE值1.284，比行業平均1.57低18.2%。")
        assert found(said_change, "全年平均PUE值1.284，比行業平均1.57低28.2%。")

    SERIES = "Water used | water.consumption | t | 1,000 | 1,250"

    def series(self, sentence: str, number: str) -> list[Verdict]:
        report = Build().table("Water", "2023 2024", self.SERIES).says(sentence)
        text, what, unit = number.split("|")
        report.change(sentence, text.strip(), what.strip(), unit.strip())
        return list(change_against_series(report.reading()))

    def test_a_change_in_a_sentence_is_compared_with_the_table(self) -> None:
        (one,) = self.series("Water use rose by 15% compared with 2023.", "15% | water.consumption | percent")
        assert one.proof == "(1,250 − 1,000) / 1,000 = 25 %"

    def test_the_wrong_way_is_called_so(self) -> None:
        (one,) = self.series("Water use fell by 25% compared with 2023.", "25% | water.consumption | percent")
        assert "the other way" in one.message

    def test_a_change_that_the_table_makes_is_left_alone(self) -> None:
        assert not self.series("Water use rose by 25% compared with 2023.", "25% | water.consumption | percent")

    def test_better_efficiency_beside_a_worse_intensity_is_asked_about(self) -> None:
        report = Build().table(
            "Water", "2023 2024", "Water intensity | water.intensity | t/1000000 CNY | 54.97 | 77.01"
        )
        report.says("報告期內，我們顯著提高了水資源的利用效率。")
        (one,) = claimed_better(report.reading())
        assert one.certainty == "question"


class TestCoverage:
    def test_all_staff_trained_beside_a_share_below_a_hundred(self) -> None:
        report = Build().table("Training", "2023 2024", "Trained | training.share | percent | 88% | 91%")
        report.says("All our employees received training in 2024.")
        (one,) = said_of_all(report.reading())
        assert one.proof == "91% < 100 %"

    def test_all_suppliers_signed_beside_fewer_than_there_are(self) -> None:
        report = Build().table("Signed", "Signed | Asked", "《保密承諾函》 | | organisation | 301 | 301")
        report.table("Suppliers", "2023 2024", "供應商總數 | suppliers.count | organisation | 377 | 363")
        report.says("我們要求所有合作供應商簽署《保密承諾函》。")
        (one,) = said_of_all(report.reading())
        assert one.proof == "301 < 363"


class TestNotes:
    def training(self, note: str) -> list[Verdict]:
        report = Build().table(
            "Training",
            "Trained share | Hours",
            """
            [By gender]
            Men   | training.share gender=male   | percent/ h | 87% | 12.8
            Women | training.share gender=female | percent/ h | 75% | 10.8
            """,
        )
        return list(footnote_formula(report.says(note).reading()))

    def test_a_formula_of_shares_above_rates_is_found(self) -> None:
        (one,) = self.training("1. Trained share = trained employees of the category / total trained employees * 100%")
        assert one.proof == "87% + 75% = 162 % ≠ 100 %"

    def test_a_formula_of_rates_is_left_alone(self) -> None:
        assert not self.training("1. Trained share = trained employees of the category / employees of that category")

    TURNOVER = """
        [By gender]
        Men   | people.employees gender=male/ people.turnover_rate gender=male     | person/ percent | 200 | {men}
        Women | people.employees gender=female/ people.turnover_rate gender=female | person/ percent | 25  | {women}
    """
    NOTE = "2. 流失率=離職員工人數╱（年末員工人數+離職員工人數）"

    def turnover(self, men: str, women: str) -> list[Verdict]:
        report = Build().table("People", "Number | Turnover", self.TURNOVER.format(men=men, women=women))
        return list(footnote_formula(report.says(self.NOTE).reading()))

    def test_a_rate_that_no_whole_number_makes_is_found(self) -> None:
        (one,) = self.turnover("9.1%", "12.7%")
        assert (one.certainty, one.values["heads"]) == ("likely", "25")

    def test_rates_that_whole_numbers_make_are_left_alone(self) -> None:
        assert not self.turnover("9.1%", "10.7%")

    def test_a_note_that_quotes_another_heading(self) -> None:
        report = Build(language="zh-Hant").table(
            "員工", "2023 2024", "[按類別劃分]\n全職 | | person | 5 | 6\n兼職 | | person | 2 | 1"
        )
        report.says("1. 除「按類型劃分」外，其他指標均為全職員工。")
        (one,) = misquoted_row(report.reading())
        assert one.values["there"] == "按類別劃分"

    def test_what_is_said_to_be_the_main_fuel_and_is_not(self) -> None:
        report = Build().table(
            "Energy",
            "2023 2024",
            """
            Petrol      | energy.direct fuel=petrol      | MWh | 36.1 | 36.1
            Natural gas | energy.direct fuel=natural_gas | MWh | 1,030.2 | 854.1
            """,
        )
        report.says("Scope 1 emissions come mainly from the petrol of our vehicles.")
        (one,) = said_mainly(report.reading())
        assert one.proof == "36.1 / 890.2 = 4.1 %"

    def test_a_row_with_the_name_of_one_column(self) -> None:
        report = Build().table(
            "Training",
            "Percentage of employees trained | Average training hours",
            """
            Average training hours | training.hours_per_head | percent/ h | 89% | 12.3
            Male                   |                         | percent/ h | 87% | 12.8
            """,
        )
        (one,) = row_named_after_column(report.reading())
        assert one.values["value"] == "89%"


class TestRecomputed:
    def test_less_than_the_fuels_emit(self) -> None:
        report = Build().table(
            "Environment",
            "2023 2024",
            """
            Scope 1     | ghg.scope1                     | tCO2e | 220.1 | 22.2
            Petrol      | energy.direct fuel=petrol      | MWh | 36.1 | 36.1
            Natural gas | energy.direct fuel=natural_gas | MWh | 1,030.2 | 854.1
            """,
        )
        (one,) = burnt_fuel(report.reading())
        assert one.values["year"] == 2024

    def test_a_factor_that_no_grid_has(self) -> None:
        report = Build().table(
            "Environment",
            "2023 2024",
            """
            Scope 1     | ghg.scope1         | tCO2e | 220.1 | 222.2
            Scope 2     | ghg.scope2         | tCO2e | 5,568 | 53,660
            Electricity | energy.electricity | MWh   | 10,000 | 10,000
            """,
        )
        (one,) = grid_factor(report.reading())
        assert (one.certainty, one.proof) == ("likely", "53,660 / 10,000 = 5.366")

    def test_a_share_of_women_that_the_heads_do_not_make(self) -> None:
        report = Build().table(
            "People",
            "2023 2024",
            """
            Employees      | people.employees               | person  | 440 | 500
            Women          | people.employees gender=female | person  | 180 | 210
            Share of women | people.women_share             | percent | 41% | 45%
            """,
        )
        (one,) = derived_rates(report.reading())
        assert one.proof.endswith("≠ 45%")

    def test_a_total_that_is_one_of_its_parts_is_a_question(self) -> None:
        report = Build().table(
            "Types",
            "Number | Note",
            """
            Full-time | people.employees employment=full_time | person | 500 |
            Part-time | people.employees employment=part_time | person | 46 |
            """,
        )
        report.table("Key figures", "2023 2024", "Employees | people.employees | person | 440 | 500")
        (one,) = parts_elsewhere(report.reading())
        assert (one.certainty, one.proof) == ("question", "500 + 46 = 546 ≠ 500")


class TestStocks:
    TABLE = """
        Patents in all | ip.patents_granted span=cumulative | item | 4,100 | {all}
        New patents    | ip.patents_granted span=new        | item | 210   | {new}
    """

    def found(self, all: str, new: str) -> list[Verdict]:
        report = Build().table("Patents", "2023 2024", self.TABLE.format(all=all, new=new))
        return list(stock_and_flow(report.reading()))

    def test_more_new_ones_than_there_are(self) -> None:
        (one,) = self.found("230", "4,330")
        assert (one.certainty, one.proof) == ("likely", "4,330 > 230")

    def test_growth_by_more_than_were_new_is_a_question(self) -> None:
        (one,) = self.found("4,900", "230")
        assert (one.certainty, one.proof) == ("question", "4,900 − 4,100 > 230")

    def test_what_may_have_expired_is_left_alone(self) -> None:
        assert not self.found("4,300", "230")


def numbered(report: Build) -> Reading:
    """With the numbers of its pages printed on them."""
    reading = report.reading()
    pages = tuple(replace(page, label=str(page.number)) for page in reading.document.pages)
    return replace(reading, document=replace(reading.document, pages=pages))


class TestReferences:
    def index(self, *rows: tuple[str, str]) -> Build:
        report = Build()
        titles = ("1.1 Governance", "1.2 Managing what matters", "2.1 Climate", "2.2 Water", "3.1 People")
        for title in titles:
            report.heading(title, 2).says("Something is said of it here.")
        report.heading("Appendix", 1)
        for number, title in enumerate(titles, 1):
            report.refers("gri", f"2-{20 + number}", "Something", title)
        for disclosure, target in rows:
            report.refers("gri", disclosure, "Something", target)
        return report

    def test_a_title_of_another_name_is_certain_where_the_number_tells(self) -> None:
        (one,) = dead_reference(self.index(("2-12", "1.2 Governing what matters")).reading())
        assert (one.certainty, one.values["there"]) == ("certain", "1.2 Managing what matters")

    def test_one_wrong_title_in_many_rows_is_one_verdict(self) -> None:
        rows = [("2-12", "1.2 Governing what matters"), ("2-13", "1.2 Governing what matters")]
        (one,) = dead_reference(self.index(*rows).reading())
        assert one.values["rows"] == "2-12, 2-13"

    def test_a_section_that_is_not_there(self) -> None:
        (one,) = dead_reference(self.index(("2-12", "Biodiversity and forests")).reading())
        assert "no section of the report is called so" in one.message

    def test_a_page_on_which_the_section_does_not_stand(self) -> None:
        (one,) = wrong_page(numbered(self.index(("2-12", "1.2 Managing what matters, page 9"))))
        assert (one.certainty, one.values["said"], one.values["there"]) == ("likely", "9", 1)
        assert not list(wrong_page(numbered(self.index(("2-12", "1.2 Managing what matters, page 1")))))

    def test_pages_answers_and_other_documents_are_no_titles(self) -> None:
        rows = [("2-12", "page 12"), ("2-13", "23-25"), ("2-14", "Annual Report 2024"), ("2-15", "Not applicable")]
        assert not list(dead_reference(self.index(*rows).reading()))

    def test_a_place_that_says_nothing_of_what_is_asked(self) -> None:
        report = self.index(("305-3", "2.2 Water"))
        (one,) = empty_reference(report.reading())
        assert (one.certainty, one.values["disclosure"]) == ("likely", "305-3")

    def test_a_place_that_says_it_is_left_alone(self) -> None:
        report = Build().heading("2.1 Climate", 2).says("Our scope 3 emissions were 12 t.").heading("Appendix", 1)
        report.refers("gri", "305-3", "Scope 3", "2.1 Climate")
        assert not list(empty_reference(report.reading()))

    def test_what_hkex_asks_and_the_index_leaves_out(self) -> None:
        report = Build(year=2024)
        for code in ("A1.1", "A1.2", "A1.3", "A1.4", "A1.5", "A1.6", "A2.1", "A2.2", "A2.3", "A2.4", "A2.5", "A3.1"):
            report.refers("hkex", code, "", "2.1 Climate")
        for code in ("B1.1", "B1.2", "B2.1", "B2.2", "B2.3", "B3.1", "B3.2", "B4.1", "B4.2", "B5.1", "B5.2", "B5.3"):
            report.refers("hkex", code, "", "3.1 People")
        (one,) = unanswered(report.reading())
        missing = one.values["missing"]
        assert isinstance(missing, dict) and "B7.1" in missing["en"] and "A1.1" not in missing["en"]

    def hkex(self, *left_out: str) -> Build:
        """An index of HKEX's edition of 2025 that has every line but these."""
        report = Build(year=2025)
        for one in load(LIBRARY).standards["hkex-c2-2025"].disclosures:
            if one.id not in left_out:
                code = "B.14" if one.id.startswith("B.14") else one.id
                report.refers("hkex", code, "3.1 People", "3.1 People")
        return report

    def test_a_paragraph_of_part_d_that_the_index_leaves_out(self) -> None:
        assert not list(unanswered(self.hkex().reading()))
        (one,) = unanswered(self.hkex("D.27", "D.28(c)", "B.15").reading())
        missing = one.values["missing"]
        assert isinstance(missing, dict)
        assert [said.split(" ")[0] for said in missing["en"].split("; ")] == ["B.15", "D.27", "D.28(c)"]

    def test_a_paragraph_stands_for_its_parts_and_a_part_for_its_paragraph(self) -> None:
        left_out = (
            "D.28(a)",
            "D.28(b)",
            "D.28(c)",
            "D.26",
            "B.14.materiality",
            "B.14.quantitative",
            "B.14.consistency",
        )
        report = self.hkex(*left_out)
        for code in ("D.28", "D.26(a)", "B.14"):
            report.refers("hkex", code, "3.1 People", "3.1 People")
        assert not list(unanswered(report.reading()))

    def test_paragraphs_without_a_number_of_their_own_are_not_said_to_be_missing(self) -> None:
        report = Build(year=2025)
        for code in (one.id for one in load(LIBRARY).standards["hkex-c2-2025"].disclosures if one.id[1].isdigit()):
            report.refers("hkex", code, "3.1 People", "3.1 People")
        assert not list(unanswered(report.reading()))


class TestTitles:
    def test_half_of_a_title_that_belongs_to_another_story(self) -> None:
        report = Build(language="zh-Hant")
        report.says("案例 與甲公司合作，共建安全智能平台").says("雙方共建安全智能平台，平台已於五月啟用。")
        for _ in range(14):
            report.says("別的內容。")
        report.says("案例 舉辦氣候培訓，共建安全智能平台").says("專家為員工講解氣候披露的要求。")
        (one,) = copied_title(report.reading())
        assert str(one.values["title"]).startswith("舉辦氣候培訓")


class TestPrior:
    ROWS = """
        Employees | people.employees   | person | 412 | {number}
        Energy    | energy.total       | MWh | 4,120.5 | 4,233.1
        Water     | water.consumption  | t | 8,120 | 8,455
        Waste     | waste.total        | t | 267.3 | 281.9
    """

    def changed(self, *says: str) -> list[Verdict]:
        before = Build(year=2023).table("Key figures", "2022 2023", self.ROWS.format(number="440"))
        now = Build(year=2024).table("Key figures", "2022 2023", self.ROWS.format(number="455"))
        for sentence in says:
            now.says(sentence)
        return list(changed_since(before.reading(), now.reading()))

    def test_what_changed_silently_is_certain(self) -> None:
        (one,) = self.changed()
        assert (one.certainty, one.proof) == ("certain", "440 ≠ 455")

    def test_what_was_announced_is_left_alone(self) -> None:
        assert not self.changed("The number of employees of 2023 was restated, as a site had been left out.")
