"""Planning ahead: what would be different with other coaches, rooms, people or rules."""
