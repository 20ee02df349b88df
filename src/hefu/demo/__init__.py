"""The demonstration: invented bodies, people and organisations, and their dossiers, lived through the real product.

cast.yaml    who there is                              cast.py
lives.yaml   which story each dossier has lived, and how far   lives.py
sign-in      one person of each role                   views.py

Every dossier is one of the shipped scenarios, moved in time so that it stands today where lives.yaml says; each of its
acts goes through the same door as anybody's. Nothing here is used by a real installation.
"""
