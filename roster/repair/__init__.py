"""A published roster repaired with the fewest changes after something has happened."""
