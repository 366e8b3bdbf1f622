"""Pages for everybody."""

from roster.web.access import Page
from roster.web.views import anyone, published, static_pages

PAGES = (
    Page("home", "", anyone.home, ()),
    Page("trust", "trust/", static_pages.trust, (), open_to_all=True),
    Page("accessibility", "accessibility/", static_pages.accessibility, (), open_to_all=True),
    Page("published", "published/<slug:region>/<str:month>/", published.counts, (), open_to_all=True),
)
