"""What every test shares: how hard laws are tried. Everything else is asked for by name."""

from hypothesis import settings

# On top of the profile that Hypothesis chose by itself: on CI it draws the same examples at each run.
settings.register_profile("feed", parent=settings(), max_examples=50, deadline=None, print_blob=True)
settings.load_profile("feed")
