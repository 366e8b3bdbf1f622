"""The application as a web server calls it. ``roster serve`` starts one; see docs/service.md for others."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "roster.web.settings")
application = get_wsgi_application()
