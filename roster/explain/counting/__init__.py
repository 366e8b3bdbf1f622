"""Arithmetic first: people who need more minutes than can be held."""
