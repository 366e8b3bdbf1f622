"""Parts of paths, and methods, that tables of pages share."""

MONTH = "<slug:region>/<str:month>/"
SEE_AND_SEND = ("GET", "POST")
SEND = ("POST",)
