"""Pages of one coach."""

from roster.web.access import Page

PAGES: tuple[Page, ...] = ()
