"""Every page of the service, and who may use it. There is no page that is not in these tables."""

from roster.web.access import Page
from roster.web.pages import administrator, anyone, coach, manager, manager_data, planner, practice

PAGES: tuple[Page, ...] = (
    *anyone.PAGES,
    *administrator.PAGES,
    *practice.PAGES,
    *manager.PAGES,
    *manager_data.PAGES,
    *planner.PAGES,
    *coach.PAGES,
)
