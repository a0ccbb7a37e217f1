"""Property tests try the same examples everywhere; `pytest --hypothesis-profile=search` tries others each time."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile("steady")
