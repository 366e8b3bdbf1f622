"""Pages of the regional manager: data."""

from roster.web.access import Page

PAGES: tuple[Page, ...] = ()
