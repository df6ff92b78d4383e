"""The report as a site: one folder of plain files in which every number opens its receipt."""

from leafledger.report.render.html.site import render_html

__all__ = ["render_html"]
