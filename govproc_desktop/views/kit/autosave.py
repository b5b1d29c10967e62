"""Keep what is typed: write the raw texts beside the records shortly after the last key."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from govproc_desktop.domain.errors import AppError
from govproc_desktop.services.context import Outcome
from govproc_desktop.services.drafts import DropDraft, KeepDraft
from govproc_desktop.views.kit.desk import Desk

AFTER_LAST_KEY = 900
LONGEST_WAIT = 1900


class Autosave(QObject):
    """Sends ``draft.keep`` within two seconds of a key; ``kept`` follows when it is on disk.

    Typing on and on does not put it off: the longest wait counts from the first unsaved key.
    """

    kept = Signal()
    failed = Signal(str)

    def __init__(
        self,
        desk: Desk,
        form: str,
        *,
        body: Callable[[], dict[str, Any]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form = form
        self._body = body
        self.document: UUID | None = None
        self.seen_version = 0
        self.paused = True
        self._after = self._timer(AFTER_LAST_KEY)
        self._longest = self._timer(LONGEST_WAIT)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.keep_now)
        return timer

    @property
    def waiting(self) -> bool:
        """Whether something typed has not been kept yet."""
        return self._longest.isActive()

    def touch(self) -> None:
        """Note that something was typed."""
        if self.paused or self.document is None:
            return
        self._after.start()
        if not self._longest.isActive():
            self._longest.start()

    def keep_now(self) -> None:
        """Write the draft at once, if anything is waiting."""
        if self.paused or self.document is None or not self.waiting:
            return
        self._after.stop()
        self._longest.stop()
        body = json.dumps(self._body(), ensure_ascii=False, separators=(",", ":"))
        command = KeepDraft(
            form=self._form, document=self.document, seen_version=self.seen_version, body=body
        )
        try:
            self._desk.send(command, self._done, owner=self, failed=self._refused)
        except RuntimeError:
            return  # the program is ending and its lanes take no more work

    def _done(self, _outcome: Outcome) -> None:
        self.kept.emit()

    def _refused(self, fault: AppError) -> None:
        self.failed.emit(fault.sentence())

    def forget(self) -> None:
        """Drop the kept draft: it was saved, or given up."""
        self._after.stop()
        self._longest.stop()
        if self.document is not None:
            command = DropDraft(form=self._form, document=self.document)
            self._desk.send(command, owner=self, failed=self._refused)
