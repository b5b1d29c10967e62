"""Move files in and out: budget system packages, spreadsheets, backups."""
