"""Forms of acts: one engine that draws and reads every form of every scheme. Table of contents.

drawn     from (scheme, act, case, person, answers, refusals) to a tree of values       draw.py, boxes.py, tree.py
read      from what was sent to answers, problems and what was pressed                   read.py, typed.py, rows.py
shown     a filled form as rows of title, text and clauses                               shown.py
drafts    what was typed and not yet handed in                                           drafts.py, models.py

applying.py asks the rules which fields apply, known.py what need not be typed again, choosing.py who may be chosen,
faults.py at which field a refusal is said; names.py holds the names of inputs, pairs.py the inverse of reading.

A view handles a form like this; the page includes "hefu/forms/form.html" with `drawn`:

    read = forms.read(action, scheme, request.POST, request.FILES, receive)
    if not read.pressed and not read.problems:    # hand in: perform(…, read.answers), then drafts.drop
    drawn = forms.drawn(…, answers=read.filled, refusals=(*read.problems, *refusals), …)
"""

from hefu.web.forms.draw import drawn
from hefu.web.forms.read import Read, again, read
from hefu.web.forms.tree import Drawn, Sources

__all__ = ["Drawn", "Read", "Sources", "again", "drawn", "read"]
