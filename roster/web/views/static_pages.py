"""Pages of words alone: what is held, and how accessible the service is."""

from django.http import HttpRequest, HttpResponse

from roster.privacy import NEVER_HELD
from roster.web.rendering import page
from roster.wording import VOLUNTARY


def trust(request: HttpRequest) -> HttpResponse:
    """What is held of whom, and what never."""
    lines = [
        VOLUNTARY,
        "People are known here by an id that their practice makes up. Only the practice knows who it is.",
        f"Never held: {NEVER_HELD}",
        "Anybody may leave at any time. The practice withdraws the referral here, and it is gone at once, everywhere.",
    ]
    return page(request, "plain.html", {"heading": "What is held and what never", "lines": lines})


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement in short."""
    lines = [
        "Every page is made to meet the Web Content Accessibility Guidelines version 2.2, level AA.",
        "Each is tested by keyboard alone, at the width of a phone and of a desk, and with an automatic checker.",
    ]
    return page(request, "plain.html", {"heading": "Accessibility", "lines": lines})
