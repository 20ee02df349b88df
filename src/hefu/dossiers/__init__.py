"""The durable store of dossiers: every act in one transaction, every event in a chain. Table of contents.

open      the first act of a new dossier                            open.py
perform   one act on a dossier: lock, decide, append, save, commit  perform.py, append.py
sweep     what the passing of time brings, to all dossiers          sweep.py
explain   what a person may do on a stored dossier, and why not     explain.py
deliver   what acts send out: at least once, in order               outbox.py
rebuild   every read row again from the journals                    rebuild.py
audit     every chain verified, every state held against its fold   audit.py
export    a dossier as a scenario that `hefu replay` runs again     export.py

journal.py holds the bytes that are hashed, state.py those of a folded dossier, rows.py what lists read, given.py what
somebody handed in; models.py the tables and sql.py the plain SQL of the hot path. The day and the instant of an act
and the ids of new dossiers are arguments everywhere: nothing here reads a clock.
"""
