"""Devices in plain words: which browser, on which system, by what a browser says of itself.

Browsers say of themselves that they are each other, so the order matters: the name that only one of them uses comes
before those that all of them use.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BROWSERS = (
    ("MicroMessenger/", gettext_lazy("WeChat")),
    ("DingTalk/", gettext_lazy("DingTalk")),
    ("QQBrowser/", gettext_lazy("QQ Browser")),
    ("HuaweiBrowser/", gettext_lazy("Huawei Browser")),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", gettext_lazy("HarmonyOS")),
    ("OpenHarmony", gettext_lazy("HarmonyOS")),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def told(agent: str) -> str:
    """A browser and its system in the language of the page, from the User-Agent header."""
    browser = next((name for sign, name in BROWSERS if sign in agent), None)
    system = next((name for sign, name in SYSTEMS if sign in agent), None)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return str(browser or system or _("Unknown browser"))
