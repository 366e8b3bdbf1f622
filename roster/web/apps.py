"""The pages, as Django knows them."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages of the service."""

    name = "roster.web"
    label = "web"

    def ready(self) -> None:
        """Listen to what is done to accounts."""
        from roster.web.account_log import listen  # needs the tables, which are there only now

        listen()
