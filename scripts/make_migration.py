"""Write the next migration from the difference between the mapped classes and a fresh database."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from govproc_desktop.models import schema
from govproc_desktop.models.engine import Database, sqlite_url

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    if len(sys.argv) < 2:
        print("用法：make_migration.py 说明")
        return 2
    message = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "fresh.sqlite3"))
        schema.upgrade(database)
        config = Config()
        scripts = ROOT / "govproc_desktop/models/migrations"
        config.set_main_option("script_location", str(scripts))
        config.set_main_option("file_template", "v%%(rev)s_draft")
        with database.engine.connect() as connection:
            config.attributes["connection"] = connection
            number = f"{int(schema.HEAD) + 1:04d}"
            command.revision(config, message, autogenerate=True, rev_id=number)
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
