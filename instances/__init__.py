"""Example regions of the project's own making, and the seeded generator that makes them."""
