"""Writes the style and script of the web pages from the npm package ``govuk-frontend``.

``npm pack govuk-frontend@6.3.0 && tar xzf govuk-frontend-6.3.0.tgz && python -m docs.web_assets package``

GOV.UK Frontend is under the MIT licence, but its typeface and crest may be used on GOV.UK alone: the style is written
in Arial and without the crest.
"""

import re
import sys
from pathlib import Path

PLACE = Path(__file__).resolve().parents[1] / "roster" / "web" / "static" / "govuk"
_STYLE, _SCRIPT = "govuk-frontend.min.css", "govuk-frontend.min.js"
_NOT_OURS = (
    (re.compile(r"@font-face\{[^}]*\}"), ""),
    (re.compile(r"GDS Transport,arial"), "arial"),
    (re.compile(r"@supports \(\(-webkit-mask-position:initial\)[^{]*\)\{\.govuk-footer__copyright-logo[^}]*\}\}"), ""),
    (re.compile(r"\.govuk-footer__copyright-logo:before\{[^}]*\}"), ""),
    (re.compile(r"/[*]# sourceMappingURL=.*?[*]/\s*"), ""),
)


def style_of(text: str) -> str:
    """The style without what is GOV.UK's alone."""
    for found, instead in _NOT_OURS:
        text = found.sub(instead, text)
    return text


def main() -> None:
    """Write both files."""
    package = Path(sys.argv[1]) / "dist" / "govuk"
    PLACE.mkdir(parents=True, exist_ok=True)
    (PLACE / _STYLE).write_text(style_of((package / _STYLE).read_text(encoding="utf-8")), encoding="utf-8")
    script = (package / _SCRIPT).read_text(encoding="utf-8")
    (PLACE / _SCRIPT).write_text(re.sub(r"//# sourceMappingURL=.*\n?", "", script), encoding="utf-8")


if __name__ == "__main__":
    main()
