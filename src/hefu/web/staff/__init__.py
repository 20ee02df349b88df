"""The portal of a body's people: work list, search, calendar, duties, figures, settings."""
