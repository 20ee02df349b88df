"""How the tables came to be as models.py has them; numbered, never changed once released."""
