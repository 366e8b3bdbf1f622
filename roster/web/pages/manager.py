"""Pages of the regional manager: rosters."""

from roster.web.access import Page

PAGES: tuple[Page, ...] = ()
