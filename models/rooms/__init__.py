"""Room scarcity: one coach in a room, what sites allow and were promised, and the budget."""
