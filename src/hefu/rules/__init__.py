"""The rules core: pure, typed and small. Table of contents.

load      a scheme folder -> a compiled Scheme                      load/
decide    may this person do this now, and what follows             decide.py, effects.py, answers.py
evolve    one event more on a dossier                               evolve.py, dossier.py, events.py
due       what the passing of time brings by itself                 due.py, clocks.py, time/
explain   every act of the present states: permitted, or why not    explain.py
check     is a scheme whole and sound                               check/
replay    run a scenario against all of the above                   replay/

Nothing here does I/O outside load/, reads a clock, or draws a random number; nothing imports the rest of Hefu.
"""
