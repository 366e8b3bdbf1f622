"""What all pages share: the frame, the style, and how templates are filled."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from roster.wording import VOLUNTARY, how_many, printable

_TEMPLATES = ("frame", "report", "repair", "plan", "fairness", "need", "simulation", "value", "sheet")


@cache
def templates() -> Environment:
    """The templates, in which every text is escaped. A page itself allows its style and nothing else."""
    folder = files("roster.pages")
    style = folder.joinpath("page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    texts = {f"{name}.html": folder.joinpath(f"{name}.html").read_text(encoding="utf-8") for name in _TEMPLATES}
    environment = Environment(
        loader=DictLoader(texts),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    environment.globals |= {
        "how_many": how_many,
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        "style": Markup(style),  # a file of this package, with no text of anybody's in it
        "VOLUNTARY": VOLUNTARY,
    }
    return environment


def _seen(value: object) -> object:
    """What stands in the page: text without what cannot be seen, before it is escaped; the page's own parts as are."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
