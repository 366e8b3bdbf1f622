"""The data of a month for its manager: where to begin, what is worth knowing, who has not declared, policy, prices."""

from django.http import HttpRequest, HttpResponse

from roster.calendar import long_month
from roster.fault import Notice
from roster.instance import Instance
from roster.notices import notices_of, without_a_room
from roster.validity import faults_of
from roster.web.access import Here
from roster.web.data_forms import PolicyForm, PricesForm
from roster.web.labels import TABLE_NAMES
from roster.web.rendering import page
from roster.web.views.manager import address_of
from roster.web.views.manager_data_forms import Asked, answer, at, sent, trail, where
from roster.web.views.manager_data_sites import offered_at
from roster.wording import how_many

_MOST_LINKS = 8


def data(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """What the data of the month hold, and where each can be changed."""
    del region
    here, _, instance = at(request)
    tables = [
        ("Coaches", "coaches", how_many(len(instance.coaches), "coach", "coaches")),
        (
            "Sites and rooms",
            "sites",
            f"{how_many(len(instance.sites), 'site')}, {how_many(len(instance.rooms), 'room')}",
        ),
        ("Interpreter bookings", "bookings", how_many(len(instance.interpreters), "booking")),
        ("Pins", "pins", how_many(len(instance.pins), "pin")),
        ("Policy", "policy", "notice, breaks, reach, budget"),
        ("Prices", "prices", "what waiting, travel and changes count"),
    ]
    context = {
        "month_name": long_month(month),
        "tables": [(words, where(here, name), how) for words, name, how in tables],
        "trail": trail(here)[:1],
        "undeclared": len(without_a_room(instance)),
        "practices": len(instance.practices),
        "worth_knowing": len(notices_of(instance)) + len(faults_of(instance)),
    }
    return page(request, "manager_data/data.html", context)


def undeclared(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Which practices offer no room this month, and how many sessions the others offer."""
    del region, month
    here, _, instance = at(request)
    offered, without = offered_at(instance), set(without_a_room(instance))
    rows = [
        {
            "name": practice.name,
            "id": practice.practice_id,
            "href": where(here, "practice_month", practice_id=practice.practice_id),
            "sessions": offered[practice.site_id],
            "site": instance.site[practice.site_id].name,
        }
        for practice in sorted(instance.practices, key=lambda p: p.name)
    ]
    context = {
        "without": [row for row in rows if row["id"] in without],
        "others": [row for row in rows if row["id"] not in without],
        "trail": trail(here),
    }
    return page(request, "manager_data/undeclared.html", context)


def notices(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """What is wrong, and what is worth knowing, each with links to what it is about."""
    del region, month
    here, _, instance = at(request)
    names = TABLE_NAMES
    found = notices_of(instance, files=names)
    context = {
        "faults": [f"{fault.says}. {fault.do}" for fault in faults_of(instance)],
        "found": [{"about": n.file, "says": n.says, "do": n.do, "links": _links(here, instance, n)} for n in found],
        "trail": trail(here),
    }
    return page(request, "manager_data/notices.html", context)


def policy(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Change the rules of the house."""
    del region, month
    here, _, instance = at(request)
    asked = Asked("Policy", "Save the policy", "change the policy", where(here, "data"), ())
    return answer(request, asked, PolicyForm(instance, ("settings", "policy"), sent(request)))


def prices(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Change what each thing costs."""
    del region, month
    here, _, instance = at(request)
    intro = ("Prices say what matters more. Each is in minutes of coach time, so that all can be compared.",)
    asked = Asked("Prices", "Save the prices", "change the prices", where(here, "data"), (), intro)
    return answer(request, asked, PricesForm(instance, ("settings", "prices"), sent(request)))


# -- where the thing is that a notice is about ----------------------------------------------------------------


def _links(here: Here, instance: Instance, notice: Notice) -> list[tuple[str, str]]:
    """The words and the address of each thing that a notice is about: the first few, or the page of its table."""
    table = next(name for name, words in TABLE_NAMES.items() if words == notice.file)
    found: dict[str, str] = {}
    for thing_id in notice.ids:
        words, address = _place(here, instance, table, thing_id)
        found.setdefault(address, words)
        if len(found) == _MOST_LINKS:
            break
    if not found:
        words, address = _page_of(here, table)
        found[address] = words
    return [(words, address) for address, words in found.items()]


def _place(here: Here, instance: Instance, table: str, thing_id: str) -> tuple[str, str]:
    """The page of one thing: a coach, the site of a session, the practice of a referral."""
    if table in ("coaches", "hours", "leave"):
        return f"Coach {thing_id}", where(here, "coach", asked=thing_id)
    if table == "sessions":
        site = instance.site[instance.site_of(thing_id)]
        return site.name, where(here, "site", asked=site.site_id)
    practice_id = thing_id
    if table == "referrals":
        practice_id = next(r.practice_id for r in instance.referrals if r.referral_id == thing_id)
    if table in ("referrals", "practices"):
        name = "practice_referrals" if table == "referrals" else "practice_month"
        address = address_of(here, name, practice_id=practice_id)
        return instance.practice[practice_id].name, address or where(here, "practice_month", practice_id=practice_id)
    return _page_of(here, table)


def _page_of(here: Here, table: str) -> tuple[str, str]:
    """The page on which the things of a table are changed."""
    name, words = {
        "coaches": ("coaches", "Coaches"),
        "interpreters": ("bookings", "Interpreter bookings"),
        "pins": ("pins", "Pins"),
        "practices": ("undeclared", "Practices"),
    }.get(table, ("files", "The workbook"))
    return words, where(here, name)
