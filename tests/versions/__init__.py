"""Tests of publishing: files changed together, versions, and the withdrawal of consent."""
