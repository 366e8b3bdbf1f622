"""Coach availability: hours, limits, pins, and what has happened already."""
