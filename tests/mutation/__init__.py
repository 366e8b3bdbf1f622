"""Mutation: the rules are changed on purpose, one small change at a time, to see whether a test notices."""
