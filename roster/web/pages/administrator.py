"""Pages of administrators."""

from roster.web.access import Page

PAGES: tuple[Page, ...] = ()
