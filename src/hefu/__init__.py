"""Hefu 合符: certification schemes as executable data."""

__version__ = "0.1.0"
