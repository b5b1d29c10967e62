"""Change: commands, the one door through which data changes."""
