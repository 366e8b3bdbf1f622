"""Calendar feeds: a secret address for each, of which only the SHA-256 is held; ended at will, or with the role."""

import hashlib
import secrets

from django.db import transaction

from roster.store.audit import By, write
from roster.store.models import Feed, Membership

_BYTES = 32
"""So many random bytes nobody guesses."""


def make_feed(membership: Membership, by: By) -> str:
    """A new feed in the place of any there is; its secret, which is held nowhere."""
    secret = secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        membership.feeds.all().delete()
        Feed.objects.create(membership=membership, secret_sha256=_held(secret))
        write(by, "make a calendar feed", region=membership.region.slug if membership.region else "")
    return secret


def end_feed(membership: Membership, by: By) -> None:
    """End the feed, if there is one: its address leads nowhere from now on."""
    with transaction.atomic():
        ended, _ = membership.feeds.all().delete()
        if ended:
            write(by, "end a calendar feed", region=membership.region.slug if membership.region else "")


def feed_of(secret: str) -> Feed | None:
    """The feed of that secret, if there is one and its owner may still log in."""
    found = Feed.objects.filter(secret_sha256=_held(secret), membership__user__is_active=True)
    return found.select_related("membership__region").first()


def _held(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
