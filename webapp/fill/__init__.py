"""Fill pages: each function asks named queries of one state of the graph and gives a page, or None if it has none."""
