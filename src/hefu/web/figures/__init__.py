"""Figures over the dossiers that somebody sees."""
