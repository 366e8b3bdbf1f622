"""What the commands do, given the rules and prices: from what is on the command line to what is printed."""
