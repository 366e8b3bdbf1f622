"""The tests of the rostering engine."""
