"""Travel: time for the road, its limits and its price."""
