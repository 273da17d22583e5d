"""A release: the current snapshot as a folder of files that stays as it is, with what tools need to understand it."""

from graph.release.build import RELEASES, TEXTS, Released, release

__all__ = ["RELEASES", "TEXTS", "Released", "release"]
