"""Work that goes on by itself and survives a kill: deliveries, mails, sweeps, digests. Table of contents.

port       what the rest needs of a durable job runner: start, steps, what is under way    port.py
dbos       that port on DBOS: starting and reading from anywhere; running in a worker       dbos_client, dbos_worker.py
workflows  what is done, step by step                                                       workflows.py, patience.py
courier    the outbox starts a workflow for each parcel                                     courier.py
rounds     over all dossiers, daily and on demand by the same code: sweep, audit            rounds.py
schedule   what must be started by an instant, in the body's zone                           schedule.py
worker     one process: beats, takes over from the dead, delivers, starts what is due       worker.py, workers.py
status     what an operator sees; health                                                    status.py, health.py

Instants and days are arguments everywhere: nothing here reads a clock except through the `now` that it is given.
"""
