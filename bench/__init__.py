"""The benchmark: `make bench`, or `python -m bench` from the root of the repository. Table of contents.

__main__   the command line: which parts, how long; prints the tables and writes bench/results.json
table      a row: figure, value, unit, goal, peer or floor, ratio; the table; the machine
stories    the longest scenario of each shipped scheme, its forms filled in beforehand

Part 1, the core in one process: works take turns (timing), five rounds, medians, no garbage collection, CPU seconds.
acts       acts a second, beside the `transitions` library and a dict
growth     the 1,000th event of a dossier against an early one
asking     explain for one person
days       working days: add and count, beside chinesecalendar, holidays and numpy
starting   load and check, `hefu --help`, memory; each in a fresh process (probe)

Part 2, the product on its databases: racers take turns, each in a process of its own, wall seconds.
durable    acts a second beside the floor and the peers; bytes an act
racing     the processes that take turns; racer is one of them, racers/ what they do, course what they are told
ground     the files and databases of a run
sweeping   a sweep over many dossiers, rebuild and audit; in a fresh process (scale)
crowd      many dossiers, made from one; living is how one lives, product the settings that it lives under
web        forms handed in, pages over many rows, the lookup beside a plain Django view (plain), first page, the demo
serving    a server of its own process, a browser that talks to it, its processor time; visits fills its database

A benchmark never fails: it says of each goal whether it is met, and in one line what could not be measured.
"""
