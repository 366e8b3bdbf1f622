"""Continuity: known faces, usual coaches, and few changes to what people were told."""
