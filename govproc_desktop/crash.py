"""Catch what nobody expected: log it with an id, say so once per fault, go on working."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from govproc_desktop import __version__
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.type_scale import font
from govproc_desktop.views.kit.widgets import Button, DialogFrame, Label

_LOG_LIMIT = 1_000_000


@dataclass(frozen=True)
class Fault:
    """One distinct fault: ``id`` is the same for the same place in the same version."""

    id: str
    kind: str
    text: str


def fault_of(error: BaseException) -> Fault:
    """Describe an exception; its id comes from the places it passed, not from its values."""
    places = [
        f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    kind = type(error).__name__
    mark = blake2s("|".join((__version__, kind, *places)).encode(), digest_size=3).hexdigest()
    text = "".join(traceback.format_exception(error))
    return Fault(f"E9-{mark.upper()}", kind, text)


class CrashKeeper(QObject):
    """Logs every unexpected fault and shows each distinct one once; drafts are never touched.

    :meth:`caught` may be called from any thread; the showing happens in the GUI thread.
    """

    _arrived = Signal(object)

    def __init__(
        self,
        log: Path,
        clock: Callable[[], datetime],
        *,
        show: Callable[[Fault], None],
    ) -> None:
        super().__init__()
        self._log = log
        self._clock = clock
        self._show = show
        self._shown: set[str] = set()
        self._writing = threading.Lock()
        self._arrived.connect(self._present, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of Python, its threads and Qt."""
        sys.excepthook = self._hook
        threading.excepthook = lambda given: self.caught(given.exc_value or SystemError())
        qInstallMessageHandler(self._qt_said)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def caught(self, error: BaseException) -> Fault:
        """Log a fault and have it shown unless the same one was shown before."""
        fault = fault_of(error)
        self._write(f"{fault.id} {fault.kind}\n{fault.text}")
        self._arrived.emit(fault)
        return fault

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.caught(error)

    def _qt_said(self, kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            self._write(f"Qt {kind.name}: {text}\n")

    def _present(self, fault: Fault) -> None:
        if fault.id not in self._shown:
            self._shown.add(fault.id)
            self._show(fault)

    def _write(self, text: str) -> None:
        entry = f"--- {self._clock():%Y-%m-%d %H:%M:%S} v{__version__} {text}\n"
        with self._writing:
            try:
                self._log.parent.mkdir(parents=True, exist_ok=True)
                if self._log.exists() and self._log.stat().st_size > _LOG_LIMIT:
                    self._log.replace(self._log.with_suffix(".old"))
                with self._log.open("a", encoding="utf-8") as file:
                    file.write(entry)
            except OSError:
                # a full disk must not turn one fault into two; standard error still has it
                sys.stderr.write(entry)


class CrashDialog(DialogFrame):
    """Says that something went wrong, what is safe, and the number to tell; details on demand."""

    def __init__(self, fault: Fault, log: Path, parent: QWidget | None = None) -> None:
        super().__init__(_("程序出了一个没有料到的错"), width=560, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = _("刚才这一步可能没有办成。已经保存的记录和草稿都没有动，可以继续工作。")
        self.body.addWidget(Label(said, "body", wrap=True))
        number = _("错误编号 {id}。请把编号告诉系统管理员，同样的错不再重复提示。")
        self.body.addWidget(Label(number.format(id=fault.id), "body", "text2", wrap=True))
        self.details = QPlainTextEdit(_("日志：{path}").format(path=log) + "\n\n" + fault.text)
        self.details.setReadOnly(True)
        self.details.setFont(font("note"))
        self.details.setFixedHeight(220)
        self.details.hide()
        self.body.addWidget(self.details)
        self.more = Button(_("详细信息"), "ghost", icon="info")
        self.more.clicked.connect(self._unfold)
        copy = Button(_("复制"), "ghost", icon="copy")
        text = f"{fault.id}\n{fault.text}"
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        self.go_on = Button(_("继续工作"), "primary")
        self.go_on.clicked.connect(self.accept)
        self.foot.addWidget(self.more)
        self.foot.addWidget(copy)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go_on)
        self.go_on.setFocus()

    def _unfold(self) -> None:
        self.details.setVisible(self.details.isHidden())
        self.adjustSize()
