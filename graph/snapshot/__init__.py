"""Numbered, immutable snapshots of the graph in a data folder: publish, open, list, roll back, compact, prune, follow.

    var/snapshots/000007/{store/, sidecar.sqlite, graphs.tsv, files.tsv, manifest.json}
    var/current -> snapshots/000007

Readers open what ``current`` points to and never wait for the writer; switching ``current`` is one rename.
"""

from graph.snapshot.backup import backup, restore
from graph.snapshot.changes import ADDED, CHANGED, WITHDRAWN, Change
from graph.snapshot.changes import read as read_changes
from graph.snapshot.compact import compact, is_large
from graph.snapshot.follow import Follower, Opened
from graph.snapshot.keep import clean_leftovers, list_snapshots, prune, rollback, survey
from graph.snapshot.layout import advised, current, open_current, open_number
from graph.snapshot.manifest import Manifest, published_base, read_manifest
from graph.snapshot.pinned import Pinned
from graph.snapshot.publish import Index, publish
from graph.snapshot.verify import Verified, verify

__all__ = [
    "ADDED",
    "CHANGED",
    "WITHDRAWN",
    "Change",
    "Follower",
    "Index",
    "Manifest",
    "Opened",
    "Pinned",
    "Verified",
    "advised",
    "backup",
    "clean_leftovers",
    "compact",
    "current",
    "is_large",
    "list_snapshots",
    "open_current",
    "open_number",
    "prune",
    "publish",
    "published_base",
    "read_changes",
    "read_manifest",
    "restore",
    "rollback",
    "survey",
    "verify",
]
