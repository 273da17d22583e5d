"""A release: the current snapshot as a folder of files that stays as it is, with what tools need to understand it."""

from graph.release.build import RELEASES, TEXTS, Released, release
from graph.release.known import CRATE, SUMS, Known, releases

__all__ = ["CRATE", "RELEASES", "SUMS", "TEXTS", "Known", "Released", "release", "releases"]
