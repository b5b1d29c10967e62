"""Draw declared windows; knows no subject of procurement."""
