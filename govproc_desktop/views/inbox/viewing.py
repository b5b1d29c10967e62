"""Show a file of the document in place: read it, turn its pages in the paper lane, save it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.histories import FileContent, FileParams, file_content
from govproc_desktop.queries.plans import AttachmentRow
from govproc_desktop.views.inbox.document_pane import DocumentPane
from govproc_desktop.views.inbox.files import render_page
from govproc_desktop.views.kit.desk import Desk


class FileViewer(QObject):
    """Feeds the preview of one document pane; GUI thread only."""

    def __init__(self, desk: Desk, pane: DocumentPane, *, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pane = pane
        self._content: FileContent | None = None
        pane.filePicked.connect(self.show_file)
        pane.preview.closed.connect(self.close)
        pane.preview.pageWanted.connect(self._turn)
        pane.preview.saveRequested.connect(self.save)

    def show_file(self, row: AttachmentRow | None) -> None:
        """Open a file under the cards, or close the open one."""
        if row is None:
            self.close()
            return
        self._content = None
        self._pane.preview.begin(row.name)
        self._desk.read(
            lambda reader: file_content(reader, FileParams(uid=row.uid)),
            self._take,
            owner=self,
            era="file",
        )

    def close(self) -> None:
        """Put the file away."""
        self._content = None
        self._pane.preview.hide()
        self._pane.files.uncheck()

    def save(self) -> None:
        """Write the file where the person says."""
        content = self._content
        if content is None:
            return
        target = self._desk.asker.save_file(
            title=_("另存附件"), name=content.name, patterns=_("所有文件 (*)")
        )
        if target is None:
            return
        try:
            target.write_bytes(content.data)
        except OSError:
            words = N_("文件写不进“{place}”，没有保存。请换一个文件夹。")
            self._desk.asker.error(Unavailable(words, {"place": str(target.parent)}, "E2101"))

    def _take(self, content: FileContent) -> None:
        self._content = content
        self._turn(0)

    def _turn(self, page: int) -> None:
        content = self._content
        if content is None:
            return

        def show(made: tuple[QImage, int] | str | None) -> None:
            preview = self._pane.preview
            if isinstance(made, tuple):
                preview.show_page(made[0], page=min(page, made[1] - 1), pages=made[1])
            elif isinstance(made, str):
                preview.show_text(made)
            else:
                preview.show_nothing()
            self._pane.show_preview()

        self._desk.tasks.run(
            lambda: render_page(content, page), show, owner=self, era="page", lane="paper"
        )
