"""The few kinds of chart that reports need, as Vega-Lite specifications with their data and labels inside."""

from leafledger.report.render.chart_specs.mix import mix
from leafledger.report.render.chart_specs.parts import Point, Spec
from leafledger.report.render.chart_specs.shares import share_bars, share_height
from leafledger.report.render.chart_specs.stack import stacked_split
from leafledger.report.render.chart_specs.trend import trend

__all__ = ["Point", "Spec", "mix", "share_bars", "share_height", "stacked_split", "trend"]
