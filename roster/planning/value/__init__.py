"""What one more thing is worth: a session, a coach's day, an interpreter, a limit one step looser."""
