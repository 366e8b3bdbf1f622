"""A roster that exists: why it is so, why it is not otherwise, what holds it back."""
