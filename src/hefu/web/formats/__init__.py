"""How days are written, where Django writes them (settings.FORMAT_MODULE_PATH)."""
