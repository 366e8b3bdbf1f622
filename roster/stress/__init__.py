"""How well a published roster stands: each coach, site and room gone for a week, and the best repair of that."""
