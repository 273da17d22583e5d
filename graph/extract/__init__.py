"""Reads a review as a careful person does: who played whom, with the sentence that proves it."""
