"""Show: Qt windows, declared as data and drawn by the kit."""
