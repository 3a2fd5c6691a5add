"""Answers from the states of things. Pure."""
