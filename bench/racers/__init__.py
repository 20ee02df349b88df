"""Those who do durable steps, each in a process of its own (racer.py). Table of contents.

ours           acts through `dossiers.perform`: decided, journalled with its hash, folded, clocks, read rows, outbox
floor          the least that gives the same durability: SELECT, guard, UPDATE, INSERT, COMMIT in plain SQL
eventsourced   the `eventsourcing` library, its aggregates kept in memory or replayed each time
ticket         what the Django racers share: settings, a case, a row of the log
updated        Django: filter().update() and a log row
fsm            django-fsm-2, its log written by django-fsm-log
viewed         viewflow.fsm and a log row
bpmn           SpiffWorkflow: 25 user tasks, the workflow saved after each
workflow       DBOS: 25 steps, or 25 transactions, of one workflow

What each does is what its own documentation shows; none is held back. Every one gets the same SQLite settings.
"""
