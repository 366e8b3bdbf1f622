"""The check of a report: every claim is worked out again, without any part of what makes reports."""
