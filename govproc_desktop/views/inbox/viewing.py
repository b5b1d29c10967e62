"""Show a file of the document in place, under its card."""

from __future__ import annotations

from PySide6.QtCore import QObject

from govproc_desktop.queries.histories import FileContent, FileParams, file_content
from govproc_desktop.queries.plans import AttachmentRow
from govproc_desktop.views.inbox.document_pane import DocumentPane
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.file_view import FileTurner, ShownFile


class FileViewer(QObject):
    """Reads the files of one document pane for its preview; GUI thread only."""

    def __init__(self, desk: Desk, pane: DocumentPane, *, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pane = pane
        self.turner = FileTurner(desk, pane.preview, parent=self)
        self.turner.shown.connect(pane.show_preview)
        pane.filePicked.connect(self.show_file)
        pane.preview.closed.connect(self.close)

    def show_file(self, row: AttachmentRow | None) -> None:
        """Open a file under the cards, or close the open one."""
        if row is None:
            self.close()
            return
        self.turner.begin(row.name)
        self._desk.read(
            lambda reader: file_content(reader, FileParams(uid=row.uid)),
            self._take,
            owner=self,
            era="file",
        )

    def close(self) -> None:
        """Put the file away."""
        self.turner.forget()
        self._pane.preview.hide()
        self._pane.files.uncheck()

    def _take(self, content: FileContent) -> None:
        self.turner.show_file(ShownFile(content.name, content.mime, content.data))
