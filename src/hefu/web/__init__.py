"""The portals: one slice a part of the work, on one shell."""
