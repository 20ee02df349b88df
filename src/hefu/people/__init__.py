"""Accounts, organisations, bodies, roles, competence, interests: who somebody is, and what they may see."""
