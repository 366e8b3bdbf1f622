"""The pages, as Django knows them."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages of the service."""

    name = "roster.web"
    label = "web"
