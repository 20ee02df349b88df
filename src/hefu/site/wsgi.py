"""The application, for a WSGI server; whatever a first visitor would have to wait for is loaded now."""

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

_django = get_wsgi_application()

from hefu.web import kept  # noqa: E402 - its tables need Django to be ready
from hefu.web.public.direct import Direct  # noqa: E402 - as above

application = Direct(_django)

_ = get_resolver().url_patterns  # imports every view
kept.warm()
