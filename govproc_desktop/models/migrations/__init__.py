"""Bring a database's schema up to this program's; the scripts are run by alembic."""
