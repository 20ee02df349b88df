"""The benchmark: `python -m bench` from the root of the repository. Table of contents.

__main__   the command line: which parts, how long; prints the table and writes bench/results.json
table      a row: figure, value, unit, goal, peer or floor, ratio; the table; the machine
timing     the method: works take turns, five rounds, medians, no garbage collection, CPU seconds
stories    the longest scenario of each shipped scheme, its forms filled in beforehand
acts       1, 2  acts a second, beside the `transitions` library and a dict
growth     3     the 1,000th event of a dossier against an early one
asking     4     explain for one person
days       5     working days: add and count, beside chinesecalendar, holidays and numpy
starting   6, 7  load and check, `hefu --help`, memory; each in a fresh process (probe)

A benchmark never fails: it says of each goal whether it is met, and in one line what could not be measured.
"""
