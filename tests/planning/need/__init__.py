"""Tests of roster need."""
