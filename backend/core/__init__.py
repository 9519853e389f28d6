"""Decides: frames and rules in, plan and issues out. No I/O, no clock, no randomness."""
