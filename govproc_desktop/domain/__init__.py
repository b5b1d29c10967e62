"""Decide: states, rules and money, in pure Python with no database, window, clock or file."""
