"""Readers: one module for each kind of input, each from a path or bytes to documents or facts."""
