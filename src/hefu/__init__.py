"""Hefu 合符: software that runs certification bodies."""
