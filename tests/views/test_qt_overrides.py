"""A fault in a Qt override reaches the crash keeper instead of killing the process."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from govproc_desktop.views.kit.guard import guarded


class Faulty(QWidget):
    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        del event
        _ = [][1]


def test_a_fault_in_a_close_event_is_handed_to_the_hook(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: seen.append(kind))
    window = Faulty()
    window.show()
    window.close()
    assert seen == [IndexError]
    window.deleteLater()
