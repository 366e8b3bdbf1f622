"""Facts that cannot all hold, and whether others can."""
