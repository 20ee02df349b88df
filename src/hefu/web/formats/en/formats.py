"""A day or an instant that a template writes without a filter."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y H:i"
