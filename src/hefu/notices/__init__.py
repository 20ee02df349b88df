"""Notices: who is told what, in the product and by mail. Table of contents.

wording      what an event says to people: title, detail, clauses, day, roles   wording.py
recipients   which people hold these roles for this dossier on this day          recipients.py
record       an event becomes a row for each of them, once                       record.py
choice       what somebody wants by mail                                         choice.py
inbox        what somebody was told: unread, read                                inbox.py
mail         a notice as a mail; headers, retries, what is final                 mail.py, letter.py
digest       once a day what is due and what is new                              digest.py, owed.py

Texts come from the scheme and from the events; nothing here knows a scheme, an act or a role by name.
"""
