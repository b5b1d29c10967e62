"""Read: plain rows out, never mapped objects."""
