"""Where the libraries of the web pages are not installed, every command of the service says so and what to do."""

import pytest
from typer.testing import CliRunner

import cli
from roster.commands import service_extra


@pytest.mark.parametrize(
    "command", [["serve"], ["worker"], ["people"], ["audit"], ["retention"], ["backup", "x"], ["restore", "x"]]
)
def test_without_the_extra_a_command_says_what_to_install(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_extra, "find_spec", lambda _: None)
    result = CliRunner().invoke(cli.app, command)
    assert result.exit_code == 2
    assert "What the web pages are made with is not installed" in " ".join(result.stderr.split())
    assert "pip install -e '.[web]' -c requirements.lock" in " ".join(result.stderr.split())
