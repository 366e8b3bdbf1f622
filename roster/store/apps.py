"""The database part of the service, as Django knows it."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Months, members, versions, jobs, feeds and the audit log."""

    name = "roster.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
