"""The tables of the database.

Nothing in them identifies a person who was referred: a referral has the id that its practice made up, and stands only
in ``Month.data``, ``Version.document`` and ``Job`` results, from where ``roster.store.consent`` takes one
and ``roster.store.retention`` all of a month.
Times are in UTC.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

ADMINISTRATOR, REGIONAL_MANAGER, PLANNER, PRACTICE_MANAGER, COACH = (
    "administrator",
    "regional-manager",
    "planner",
    "practice-manager",
    "coach",
)
ROLES = (ADMINISTRATOR, REGIONAL_MANAGER, PLANNER, PRACTICE_MANAGER, COACH)
ROLE_NAMES = {
    ADMINISTRATOR: "Administrator",
    REGIONAL_MANAGER: "Regional manager",
    PLANNER: "Planner",
    PRACTICE_MANAGER: "Practice manager",
    COACH: "Coach",
}
"""What each role is called on a page."""
FIRST = "0" * 64
"""What the first entry of the audit log is chained to."""


class Region(models.Model):
    """A region that is rostered. ``retention_days``: how long after a month its people are kept."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    retention_days = models.PositiveIntegerField(default=30)

    def __str__(self) -> str:
        return self.name


class Month(models.Model):
    """One calendar month of a region. ``data`` is the instance as JSON; ``version`` counts its changes.

    ``counts``: how many people were seen, by practice and band, kept where the people themselves were deleted.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="months")
    month = models.CharField(max_length=7)
    data = models.TextField()
    version = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    people_deleted_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "month"], name="one_of_each_month")]
        ordering: ClassVar = ["month"]

    def __str__(self) -> str:
        return f"{self.region} {self.month}"


class Membership(models.Model):
    """What somebody may do, and where. ``subject``: the id of the one practice or coach that it is about."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=tuple(ROLE_NAMES.items()))
    region = models.ForeignKey(Region, on_delete=models.CASCADE, null=True, blank=True, related_name="members")
    subject = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "region", "subject"], nulls_distinct=False, name="each_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(role=ADMINISTRATOR, region=None) | ~Q(role=ADMINISTRATOR) & Q(region__isnull=False),
                name="only_administrators_have_no_region",
            ),
            models.CheckConstraint(
                condition=Q(role__in=(PRACTICE_MANAGER, COACH)) & ~Q(subject="")
                | ~Q(role__in=(PRACTICE_MANAGER, COACH)) & Q(subject=""),
                name="practice_managers_and_coaches_have_a_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.subject}".strip()


class Change(models.Model):
    """One entry of the audit log: never changed, never removed, and chained by ``check_sum`` to the one before.

    ``before`` and ``after`` hold no value that is about a person who was referred.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    region = models.CharField(max_length=60, blank=True)
    month = models.CharField(max_length=7, blank=True)
    what = models.CharField(max_length=80)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    previous = models.CharField(max_length=64)
    check_sum = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.what}"


class ChainEnd(models.Model):
    """Where the audit log ends: one row, which whoever adds an entry holds meanwhile."""

    number = models.PositiveBigIntegerField(default=0)
    check_sum = models.CharField(max_length=64, default=FIRST)

    def __str__(self) -> str:
        return f"after {self.number}"


class Version(models.Model):
    """A published roster; ``document`` is ``version/1`` as JSON (``roster.files.versions``)."""

    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["month", "number"], name="each_version_once")]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.month} version {self.number}"


class Job(models.Model):
    """Something that takes longer than a page: who asked for what, how far it is, and what came of it.

    ``asked`` and ``result`` are JSON of a kind that ``roster.web.jobs`` knows by ``kind``. ``heard_at``: when the
    worker last said that it is at work; a job of which nothing is heard is begun once more, and then given up.
    """

    WAITING, RUNNING, DONE, STOPPED, FAILED = "waiting", "running", "done", "stopped", "failed"
    STATES: ClassVar = (
        (WAITING, "waiting"),
        (RUNNING, "running"),
        (DONE, "done"),
        (STOPPED, "stopped"),
        (FAILED, "failed"),
    )
    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=20)
    asked = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    stop_wanted = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(default=0)
    month_version = models.PositiveBigIntegerField(default=0)
    began_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    progress = models.JSONField(default=dict)
    says = models.TextField(blank=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="jobs_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in (self.DONE, self.STOPPED, self.FAILED)


class Upload(models.Model):
    """A month that somebody handed in as a file and has not confirmed yet: ``data`` as in ``Month``, forgotten soon."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="uploads")
    month = models.CharField(max_length=7)
    data = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"upload {self.pk}"


class Feed(models.Model):
    """A calendar that somebody subscribed to, by an address that only they know; the address is not held."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="feeds")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"feed {self.pk}"


class Notice(models.Model):
    """Something that the region's manager has to know, in words, and when they have seen it. It names no referral."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="notices")
    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)
    says = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class SessionAsTold(models.Model):
    """A session that was changed or removed after people were told a roster: as it was up to version ``until``.

    Published rosters name sessions by their ids alone. ``start`` and ``end`` are in minutes since midnight.
    """

    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="sessions_as_told")
    session_id = models.CharField(max_length=80)
    until = models.PositiveIntegerField()
    site_id = models.CharField(max_length=80)
    room_id = models.CharField(max_length=80)
    date = models.DateField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "session_id", "until"], name="each_session_as_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} up to version {self.until}"
