"""Benchmarks: how fast and how good the engine is, each runnable by one command. Not tests: times vary."""
