"""The commands of filmgraph, by what they are for; each calls one function of the core and says what came of it."""
