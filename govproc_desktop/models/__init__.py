"""Remember: SQLAlchemy mapped classes and the kernel in the database."""
