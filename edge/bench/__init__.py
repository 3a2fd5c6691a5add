"""Benchmarks: each prints what it measured, none decides whether that is good."""
