"""count.py GRAPHS.jsonl: prints how many triples rdflib reads, a graph a line."""

import sys

from rdflib import Graph

with open(sys.argv[1], encoding="utf-8") as lines:
    print(sum(len(Graph().parse(data=line, format="json-ld")) for line in lines))
