"""What the service needs beside the rest of the program: the extra ``web``, and what is said where it is missing."""

from importlib.util import find_spec

from roster.fault import Fault, InvalidInput
from roster.terminal import wrong_input

INSTALL = "pip install -e '.[web]' -c requirements.lock"


def check_installed() -> None:
    """Leave with exit code 2, and say what to do, where the libraries of the web pages are not installed."""
    with wrong_input():
        if find_spec("django") is None:
            says, do = "what the web pages are made with is not installed", f"Install it with: {INSTALL}"
            raise InvalidInput([Fault(file="the service", says=says, do=do)])
