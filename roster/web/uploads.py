"""Files that are sent: none is taken in that is much larger than what is looked at, whoever sends it."""

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from roster.files.handed_in import LARGEST

MOST = LARGEST + 1_000_000
"""Bytes of a whole form; what is between the two is refused beside the field."""
_SAYS = "more was sent than is taken in"


class OnlySmall(FileUploadHandler):
    """Refuses a form that is too large before it is written anywhere: by what it says, and by what comes."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._came = 0

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # as Django calls it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse what says that it is too large."""
        del input_data, META, boundary, encoding
        if content_length > MOST:
            raise RequestDataTooBig(_SAYS)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Refuse what turns out to be too large; pass on the rest."""
        del start
        self._came += len(raw_data)
        if self._came > MOST:
            raise RequestDataTooBig(_SAYS)
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Leave the file to the next handler."""
        del file_size
        return None
