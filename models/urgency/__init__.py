"""Patient urgency: see-by dates, notice, and what waiting costs."""
