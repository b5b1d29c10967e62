"""PySide6 6.12 on Python 3.11 loses references to None and aborts; never let it in."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtWidgets import QLabel


def test_qt_keeps_none_alive(qtbot: Any) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _round in range(500):
        label.setText("x")
        label.parent()
    assert sys.getrefcount(None) > before - 100
