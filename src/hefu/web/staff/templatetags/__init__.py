"""Template tags of the pages of a body's people."""
