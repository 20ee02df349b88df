"""Papers: what people hand in, and what a form looks like on paper. Table of contents.

receive        check a file, keep its content once, record who handed it in   uploads.py
bind           tie uploads to the dossier that they were handed in for         uploads.py
of             what a dossier holds                                            uploads.py
open_upload    the content again                                               uploads.py
sweep_unbound  forget what nobody has used for thirty days                    uploads.py
announce       a file in pieces over a poor line: continued, finish            arrivals.py
deeds          the acts of a dossier; made: the documents that each has made   filled.py
filled         a document with its answers, as they were on that day           filled.py
produce        a document as bytes, in a format that somebody offers           produce.py
wording        the official text of a body's own document                      wording.py

checks.py decides whether a file may come in, by its content and never by its name: kinds.py lists what may, names.py
holds the rules of names, the other modules look inside one family of formats each, words.py says every no in both
languages. blobs.py keeps contents under their SHA-256.
"""
