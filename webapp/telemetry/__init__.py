"""What the running service tells of itself: a log of its requests, numbers for Prometheus, and whether it is ready.

The event loop only notes what was answered; a thread of its own writes the lines and counts.
"""
