"""Django made ready before any test module is imported; and no test depends on how long it takes.

Making it ready closes every log handler that there is. That of a library which comes with the solver then closes what
pytest listens to, so this has to come before anything imports the solver.
"""

import os
import tempfile

os.environ["DJANGO_SETTINGS_MODULE"] = "roster.web.settings"
os.environ["ROSTER_DATA"] = tempfile.mkdtemp(prefix="roster-tests-")
os.environ["ROSTER_SECRET_KEY"] = "only for tests, and as long as one that is used has to be to be any good"
if "ROSTER_TEST_DATABASE" in os.environ:
    os.environ["ROSTER_DATABASE"] = os.environ["ROSTER_TEST_DATABASE"]

import django
from hypothesis import settings

django.setup()
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
