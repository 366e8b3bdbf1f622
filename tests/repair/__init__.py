"""Tests of repairing a published roster after something has happened."""
