"""What the checks find in the tables of small invented reports, and what they leave alone."""

from build import Build

from leafledger.audit.report import grouped, judged
from leafledger.audit.rules.intensity import intensity
from leafledger.audit.rules.rates import rates
from leafledger.audit.rules.ratios import outside_parts, weighted_mean
from leafledger.audit.rules.repeats import printed_twice
from leafledger.audit.rules.series import constant_ratio, jumps, repeated_years, slipped_point
from leafledger.audit.rules.shares import shares
from leafledger.audit.rules.sums import part_exceeds_whole, sums
from leafledger.audit.rules.swaps import swapped

HEADS = """
    Employees | people.employees                   | person | 412 | 440 | 500
    [By gender]
    · Men     | people.employees gender=male       | person | 250 | 260 | {men}
    · Women   | people.employees gender=female     | person | 162 | 180 | {women}
"""
HOURS = """
    Hours of training | training.hours_per_head               | h | 10.0 | 11.2 | {all}
    [By gender]
    · Men             | training.hours_per_head gender=male   | h |  9.5 | 10.9 | {men}
    · Women           | training.hours_per_head gender=female | h | 10.8 | 11.6 | {women}
"""
YEARS = "2022 2023 2024"


def heads(men: str = "290", women: str = "210") -> str:
    return HEADS.format(men=men, women=women)


class TestSums:
    def test_a_total_that_its_parts_make_in_other_years_is_certainly_wrong(self) -> None:
        report = Build().table("People", YEARS, heads(men="291")).reading()
        (one,) = sums(report)
        assert one.certainty == "certain"
        assert one.proof == "291 + 210 = 501 ≠ 500"
        assert one.message == (
            "Employees: 500 is printed, but its parts make 501; "
            "elsewhere in the table (2×) the same parts do make the total."
        )

    def test_a_part_larger_than_its_whole(self) -> None:
        (one,) = part_exceeds_whole(Build().table("People", YEARS, heads(men="590")).reading())
        assert (one.certainty, one.proof) == ("likely", "590 > 500")
        assert not list(part_exceeds_whole(Build().table("People", YEARS, heads()).reading()))

    def test_heads_that_add_up_are_left_alone(self) -> None:
        assert not list(sums(Build().table("People", YEARS, heads()).reading()))

    def test_two_breakdowns_that_leave_the_same_people_out_are_asked_about(self) -> None:
        rows = """
            Employees  | people.employees                          | person | 5507
            Women      | people.employees gender=female            | person | 2351
            Men        | people.employees gender=male              | person | 2855
            Under 30   | people.employees age=under_30             | person | 3161
            30 to 50   | people.employees age=30_50                | person | 1737
            Over 50    | people.employees age=over_50              | person | 308
            Mainland   | people.employees region=mainland          | person | 5500
            Overseas   | people.employees region=overseas          | person | {overseas}
        """
        (one,) = sums(Build().table("People", "2024", rows.format(overseas=7)).reading())
        assert (one.certainty, one.values["sum"]) == ("question", "5,206")
        assert all(
            one.certainty == "likely"
            for one in sums(Build().table("People", "2024", rows.format(overseas=9)).reading())
        )

    def test_what_rounding_explains_is_left_alone(self) -> None:
        report = Build().table(
            "Energy",
            YEARS,
            """
            Direct energy | energy.direct           | MWh | 931.2 | 1,214.3 | 1,254.1
            · Petrol      | energy.direct fuel=petrol | MWh |  35.3 |    36.1 |    40.1
            · Gas         | energy.direct fuel=gas    | MWh | 865.8 | 1,130.2 | 1,050.1
            · Diesel      | energy.direct fuel=diesel | MWh |  30.1 |    48.0 |   163.8
            """,
        )
        assert not list(sums(report.reading()))

    def test_a_total_alone_in_its_table_is_likely_wrong(self) -> None:
        report = Build().table(
            "Suppliers by region",
            "Number | Share",
            """
            East | suppliers.count region=east | organisation | 341 |
            West | suppliers.count region=west | organisation |  23 |
            Total | suppliers.count            | organisation | 363 |
            """,
        )
        (one,) = sums(report.reading())
        assert (one.certainty, one.proof) == ("likely", "341 + 23 = 364 ≠ 363")

    def test_a_label_that_says_what_it_adds_is_enough(self) -> None:
        report = Build().table(
            "Water",
            "2024 | 2023",
            """
            (i) Surface water  |  | m3 |  10,000 | 20,000
            (ii) Groundwater   |  | m3 | 341,690 | 336,136
            (iii) Others       |  | m3 |  26,689 |  20,482
            Total (i + ii + iii) | | m3 | 378,379 | 376,681
            """,
        )
        (one,) = sums(report.reading())
        assert one.proof == "20,000 + 336,136 + 20,482 = 376,618 ≠ 376,681"

    def test_one_wrong_number_in_two_sums_is_one_verdict_that_names_it(self) -> None:
        report = Build().table(
            "Energy",
            YEARS,
            """
            Energy          | energy.total              | MWh | 54,365.7 | 132,655.5 | 157,230.2
            Direct          | energy.direct             | MWh |    931.2 |   1,214.3 |   1,754.0
            · Petrol        | energy.direct fuel=petrol | MWh |     35.3 |      36.1 |      40.1
            · Gas           | energy.direct fuel=gas    | MWh |    895.9 |   1,178.2 |   1,213.9
            Indirect        | energy.indirect           | MWh | 53,434.5 | 131,441.2 | 155,976.2
            """,
        )
        (one,) = sums(report.reading())
        assert "1,754.0 fits none of the 2 sums" in one.message

    def test_a_column_that_adds_columns_is_checked_row_by_row(self) -> None:
        report = Build().table(
            "By site",
            "Men | Women | Total",
            """
            Oslo  | | person | 120 | 80 | 200
            Bergen | | person | 31 | 44 | 75
            Tromsø | | person | 17 | 25 | 43
            Bodø | | person | 11 | 16 | 27
            """,
        )
        (one,) = sums(report.reading())
        assert one.proof == "17 + 25 = 42 ≠ 43"

    def test_of_which_rows_make_no_total(self) -> None:
        report = Build().table(
            "People",
            "2024 | Note",
            """
            Engineers           |  | person | 300 |
            of which in Norway  |  | person | 120 |
            Total               |  | person | 310 |
            """,
        )
        assert not list(sums(report.reading()))

    def test_where_a_part_is_absent_nothing_is_said(self) -> None:
        report = Build().table("People", YEARS, heads(men="—"))
        assert not list(sums(report.reading()))


class TestRatios:
    def test_a_rate_of_all_outside_its_groups_is_certainly_wrong(self) -> None:
        report = Build().table(
            "Training",
            "2024 | Note",
            """
            Trained | training.share               | percent | 91% |
            Men     | training.share gender=male   | percent | 88% |
            Women   | training.share gender=female | percent | 74% |
            """,
        )
        (one,) = outside_parts(report.reading())
        assert (one.certainty, one.proof) == ("certain", "91% ∉ [74%, 88%]")

    def test_groups_that_make_a_hundred_are_said_to_be_shares(self) -> None:
        report = Build().table(
            "Training",
            "2024 | Note",
            """
            Trained | training.share               | percent | 98% |
            Men     | training.share gender=male   | percent | 73% |
            Women   | training.share gender=female | percent | 27% |
            """,
        )
        (one,) = outside_parts(report.reading())
        assert one.certainty == "likely"
        assert "seem to be shares of those counted" in one.message

    def test_both_splits_of_one_wrong_total_are_one_verdict(self) -> None:
        report = Build().table(
            "Training",
            "2024 | Note",
            """
            Trained     | training.share                      | percent | 91% |
            Men         | training.share gender=male          | percent | 88% |
            Women       | training.share gender=female        | percent | 74% |
            Managers    | training.share level=management     | percent | 80% |
            Others      | training.share level=non_management | percent | 83% |
            """,
        )
        assert len(list(outside_parts(report.reading()))) == 1

    def test_a_mean_that_no_weighing_makes_is_certainly_wrong(self) -> None:
        report = Build().table("People", YEARS, heads())
        report.table("Training", YEARS, HOURS.format(all="11.0", men="18.0", women="10.9"))
        (one,) = weighted_mean(report.reading())
        assert one.certainty == "certain"
        assert one.proof == "(18.0 × 290 + 10.9 × 210) / (290 + 210) = 15.018 ≠ 11.0"

    def test_a_mean_that_other_weights_could_make_is_a_question_at_most(self) -> None:
        report = Build().table("People", YEARS, heads())
        report.table("Training", YEARS, HOURS.format(all="12.0", men="11.2", women="12.6"))
        assert [one.certainty for one in weighted_mean(report.reading())] == ["question"]

    def test_a_mean_within_rounding_is_left_alone(self) -> None:
        report = Build().table("People", YEARS, heads())
        report.table("Training", YEARS, HOURS.format(all="11.8", men="11.2", women="12.6"))
        assert not list(weighted_mean(report.reading()))


class TestShares:
    def test_shares_that_make_a_hundred_in_other_years_must_do_so_here(self) -> None:
        report = Build().table(
            "Staff by age",
            YEARS,
            """
            Under 30 | people.share age=under_30 | percent | 21.4% | 22.0% | 25.1%
            30 to 50 | people.share age=30_to_50 | percent | 60.2% | 60.5% | 57.2%
            Over 50  | people.share age=over_50  | percent | 18.4% | 17.5% | 19.7%
            """,
        )
        (one,) = shares(report.reading())
        assert (one.certainty, one.proof) == ("certain", "25.1% + 57.2% + 19.7% = 102 ≠ 100")

    def test_a_hundred_and_one_by_rounding_is_left_alone(self) -> None:
        report = Build().table(
            "Staff by age",
            YEARS,
            """
            Under 30 | people.share age=under_30 | percent | 21% | 22% | 26%
            30 to 50 | people.share age=30_to_50 | percent | 61% | 60% | 58%
            Over 50  | people.share age=over_50  | percent | 18% | 18% | 17%
            """,
        )
        assert not list(shares(report.reading()))


INTENSITY = """
    Energy used            | energy.total     | MWh                   | 4,000.0 | 5,000.0
    Energy intensity       | energy.intensity | MWh/1000000 CNY       | 20.00   | {energy}
    Water used             | water.consumption | t                    | 8,000   | 9,000
    Water intensity        | water.intensity  | t/1000000 CNY         | 40.00   | 36.00
    Packaging used         | materials.packaging | t                  | 2.50    | 3.00
    Packaging intensity    | materials.packaging_intensity | kg/1000000 CNY | 12.50 | {packaging}
"""


class TestIntensity:
    def test_one_that_does_not_fit_the_denominator_of_the_others_is_found(self) -> None:
        report = Build().table("Environment", "2023 2024", INTENSITY.format(energy="22.50", packaging="12.00"))
        (one,) = intensity(report.reading())
        assert one.message.startswith("Energy intensity: 22.50 is printed, but 5,000.0 over the denominator")
        assert one.proof == "5,000.0 / 250 = 20 ≠ 22.50"

    def test_kilograms_and_tonnes_are_turned_into_one_another(self) -> None:
        report = Build().table("Environment", "2023 2024", INTENSITY.format(energy="20.00", packaging="12.00"))
        assert not list(intensity(report.reading()))

    def test_a_slip_of_the_point_is_called_so(self) -> None:
        report = Build().table("Environment", "2023 2024", INTENSITY.format(energy="20.00", packaging="0.0120"))
        (one,) = intensity(report.reading())
        assert "1/1,000 times" in one.message


class TestPrintedTwice:
    TWO = """
        Employees  | people.employees               | person | 440 | {number}
        Women      | people.employees gender=female | person | 180 | 210
    """

    def test_one_figure_with_two_values_is_certain_where_the_rows_agree_in_another_year(self) -> None:
        report = Build().table("People", "2023 2024", self.TWO.format(number="500"))
        report.table("Key figures", "2024 2023", self.TWO.format(number="500").replace("440 | 500", "550 | 440"))
        (one,) = printed_twice(report.reading())
        assert (one.certainty, one.proof) == ("certain", "500 ≠ 550")

    def test_years_in_another_order_are_no_difference(self) -> None:
        report = Build().table("People", "2023 2024", self.TWO.format(number="500"))
        report.table("Key figures", "2024 2023", "Employees | people.employees | person | 500 | 440")
        assert not list(printed_twice(report.reading()))

    def test_more_digits_of_the_same_value_are_no_difference(self) -> None:
        report = Build().table("Trained", "2023 2024", "Trained | training.share | percent | 88.4% | 89.1%")
        report.table("Key figures", "2023 2024", "Trained | training.share | percent | 88% | 89%")
        assert not list(printed_twice(report.reading()))

    def test_within_a_bound_is_no_difference(self) -> None:
        report = Build().table("PUE", "2023 2024", "PUE | datacenter.pue | | 1.301 | 1.284")
        report.says("The PUE stayed within 1.285.", "1.285~within | datacenter.pue | | 2024")
        assert not list(printed_twice(report.reading()))

    def test_a_sentence_that_contradicts_a_table_is_likely_wrong(self) -> None:
        report = Build().table("Water", "2023 2024", "Water used | water.consumption | t | 8,120 | 9,370")
        report.says("We used 9,730 tonnes of water in 2024.", "9,730 | water.consumption | t | 2024")
        (one,) = printed_twice(report.reading())
        assert (one.certainty, one.proof) == ("likely", "9,730 ≠ 9,370")


class TestSwaps:
    SECTION = """
        All        | training.hours_per_head                      | h | 12.0
        Men        | training.hours_per_head gender=male          | h | 12.5
        Women      | training.hours_per_head gender=female        | h | 11.3
        Managers   | training.hours_per_head level=management     | h | 17.9
        Others     | training.hours_per_head level=non_management | h | 11.0
    """

    def report(self, men: str, women: str, managers: str, others: str) -> Build:
        report = Build().table("People", YEARS, heads())
        report.table("Training by group", "Hours | Note", self.SECTION.replace("\n", " |\n").strip(" |"))
        return report.table(
            "Key figures",
            "2024 2023",
            f"""
            Hours      | training.hours_per_head                      | h | 12.0 | 10.0
            Men        | training.hours_per_head gender=male          | h | {men} | 9.0
            Women      | training.hours_per_head gender=female        | h | {women} | 11.0
            Managers   | training.hours_per_head level=management     | h | {managers} | 9.4
            Others     | training.hours_per_head level=non_management | h | {others} | 10.1
            """,
        )

    def test_pairs_that_changed_places_are_a_swap_and_the_mean_tells_which_table_is_wrong(self) -> None:
        (one,) = swapped(self.report("17.9", "11.0", "12.5", "11.3").reading())
        assert one.certainty == "certain"
        assert "“Key figures” (line 12) is the wrong one" in one.message
        assert "(17.9 × 290 + 11.0 × 210) / (290 + 210) = 15.002 ≠ 12.0" in one.proof

    def test_a_swap_is_one_verdict(self) -> None:
        reading = self.report("17.9", "11.0", "12.5", "11.3").reading()
        found, failed = judged(reading)
        sure = [one for one in grouped(found, reading) if one.certainty == "certain"]
        assert ([one.rule for one in sure], failed) == (["swapped"], ())

    def test_the_same_order_is_left_alone(self) -> None:
        assert not list(swapped(self.report("12.5", "11.3", "17.9", "11.0").reading()))


class TestRates:
    TABLE = """
        Pledge       | | organisation/ organisation/ percent | 32  | 32  | 100%
        Safety       | | organisation/ organisation/ percent | 20  | 25  | 80%
        Secrecy      | | organisation/ organisation/ percent | 301 | 330 | 91%
        Environment  | | organisation/ organisation/ percent | 15  | 45  | 33.3%
        Conduct      | | organisation/ organisation/ percent | 30  | 330 | {rate}
    """

    def test_a_percentage_that_its_counts_do_not_make_is_found(self) -> None:
        report = Build().table("Signed by suppliers", "Signed | Asked | Share", self.TABLE.format(rate="19%"))
        (one,) = rates(report.reading())
        assert (one.certainty, one.proof) == ("certain", "30 / 330 = 9.09 % ≠ 19%")

    def test_one_that_they_do_make_is_left_alone(self) -> None:
        report = Build().table("Signed by suppliers", "Signed | Asked | Share", self.TABLE.format(rate="9%"))
        assert not list(rates(report.reading()))


class TestSeries:
    def test_a_value_that_stands_still_to_the_last_digit_is_asked_about(self) -> None:
        report = Build().table("Waste", YEARS, "Waste | waste.total | t | 267.3 | 646.8 | 646.8")
        (one,) = repeated_years(report.reading())
        assert one.message == "Waste is 646.8 in 2023 and again in 2024: was it measured anew?"

    def test_round_numbers_and_rates_may_stand_still(self) -> None:
        report = Build().table(
            "Some", YEARS, "Sites | | item | 12 | 12 | 12\nRate | people.turnover_rate | percent | 9.71 | 9.71 | 9.71"
        )
        assert not list(repeated_years(report.reading()))

    def test_a_thousand_times_more_is_a_slip(self) -> None:
        report = Build().table("Waste", YEARS, "Waste | waste.total | t | 267.3 | 246.8 | 261,400")
        (one,) = slipped_point(report.reading())
        assert (one.certainty, one.values["power"]) == ("likely", 1000)

    def test_a_jump_is_a_question(self) -> None:
        report = Build().table("Safety", YEARS, "Lost days | safety.lost_days | day | 30 | 265 | 269")
        (one,) = jumps(report.reading())
        assert one.certainty == "question"

    def test_one_figure_worked_out_from_another_is_asked_about(self) -> None:
        report = Build().table(
            "Water",
            YEARS,
            """
            Water used  | water.consumption | t | 110,571.3 | 187,205.9 | 290,489.5
            Waste water | water.discharge   | t |  99,514.2 | 168,485.3 | 261,440.5
            """,
        )
        (one,) = constant_ratio(report.reading())
        assert one.message.startswith("Waste water is 0.9 times Water used in every year")
