"""The register: certificates and list entries as the public sees them. Table of contents.

walk             what anybody may read of a dossier, from its events; pure      public.py
keep             the register's rows, written in the transaction of the act     project.py
rebuild, audit   the same rows from the journals alone; what differs            rebuild.py
search           entries by words, code, number, status, body, day              search.py
intake           what the public brings forward, and what became of it          intake.py

What is public is the scheme's to say (`public`, `shows`); everything here is derived from the journals, but the intake.
"""
