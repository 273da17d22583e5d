"""filmgraph's core: from sources to facts, triples, snapshots and answers; knows nothing of the web."""
