"""A moment for tests that need one: nothing they say depends on which."""

from datetime import UTC, datetime

NOW = datetime(2027, 4, 22, 9, 30, tzinfo=UTC)
