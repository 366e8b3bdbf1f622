"""The check of a report, against hand-made reports and against plain enumeration."""
