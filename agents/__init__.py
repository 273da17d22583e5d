"""The graph as tools for language models and other programs, by the Model Context Protocol (MCP).

Every answer is small and typed, names its things by IRI and label, and brings the sentence that proves it.
"""
