"""Tell open windows what a command changed, so that only those touched reload."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from govproc_desktop.services.context import Changes


class Notices(QObject):
    """One bus for the whole program; GUI thread only."""

    changed = Signal(object, object)
    """(Changes, origin): the origin window may skip itself."""

    def tell(self, changes: Changes, origin: QObject | None = None) -> None:
        """Announce what changed."""
        if changes.kinds:
            self.changed.emit(changes, origin)
