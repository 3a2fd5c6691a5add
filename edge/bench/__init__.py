"""Benchmarks. They print measurements and do not judge them."""
