"""Loading: from a scheme folder to a compiled scheme, and from a folder of schemes to a library of versions.

source, nodes   YAML text -> plain data with the place of everything     grammar/   what the files may contain
files      a folder, read and held against the grammar                   inherit    a process that is like another
variables  what an expression may use, by where it stands                values     types of settings and facts
build, machines, compile   names resolved, guards compiled, clocks bound to their events
opened     a folder compiled once                                        library    versions by id and by day
shelf      what was compiled, kept for the next process                  shared     calendar, vocabulary, where they lie
"""

from hefu.rules.load.library import Library
from hefu.rules.load.opened import KEPT, content_key, load, opened, with_settings
from hefu.rules.load.shared import calendar, home, vocabulary
from hefu.rules.load.source import BadSourceError, Problem

__all__ = [
    "KEPT",
    "BadSourceError",
    "Library",
    "Problem",
    "calendar",
    "content_key",
    "home",
    "load",
    "opened",
    "vocabulary",
    "with_settings",
]
