"""Checks that judge an answer by what it does, on fresh random data, and say what to look at."""
