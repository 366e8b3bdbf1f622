"""Pages that stand alone: one HTML file each, with its style inside, no script, and nothing fetched from anywhere."""

from roster.pages.report import report_page

__all__ = ["report_page"]
