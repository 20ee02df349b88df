"""Accounts and organisations, the people of a body and its registers: who may do what, and from when to when."""
