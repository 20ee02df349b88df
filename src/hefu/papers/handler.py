"""Files of a plain form on their way to the disk: no more of them than could come in at all.

Django would write whatever is sent before anybody looks at it. Here a file stops growing just beyond the largest size,
so that the checks still find it too large, and all files of one request together stop at ten times that.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from hefu.papers.kinds import LARGEST

MOST = 10 * LARGEST


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Every file of a form as a temporary file, within limits; what is beyond them is read and thrown away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django hands it on
        super().__init__(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece while there is room; the first beyond the limit still, so that the file is found too large."""
        if start <= LARGEST and self.kept <= MOST:
            super().receive_data_chunk(raw_data, start)
            self.kept += len(raw_data)
