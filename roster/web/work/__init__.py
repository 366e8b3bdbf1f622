"""What the worker process does: one kind of job, one file."""
