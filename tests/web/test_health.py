"""What somebody sees where a page cannot be made."""

import pytest
from django.db import OperationalError
from django.test import Client


@pytest.mark.parametrize(("method", "says"), [("get", "Try again in a minute."), ("post", "was not kept.")])
def test_a_database_that_is_gone_is_a_page_that_says_what_was_kept(
    monkeypatch: pytest.MonkeyPatch, method: str, says: str
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", gone)
    answer = getattr(Client(raise_request_exception=False), method)("/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert says in answer.content.decode()


def test_a_fault_of_the_program_is_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", wrong)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert "This is a fault of the program." in answer.content.decode()
