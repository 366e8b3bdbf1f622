"""What would make a roster possible, and at what price."""
