"""What doctors said: the folders, the commands, the answers."""
