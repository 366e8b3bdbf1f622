"""Pages of planners."""

from roster.web.access import Page

PAGES: tuple[Page, ...] = ()
