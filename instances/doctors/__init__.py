"""What doctors said, as seven small example regions: a folder each, what to ask of it, and the number that answers."""
