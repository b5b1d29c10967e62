"""Draw the official forms: bytes out, no Qt, no SQL."""
