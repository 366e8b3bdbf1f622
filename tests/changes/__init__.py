"""What differs between two rosters: people, coaches, rooms, costs, messages, and the command that shows it."""
