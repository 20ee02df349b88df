"""Replay: any case, real or invented, under any scheme version."""
