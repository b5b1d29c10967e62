"""Keep and forget a person's views and columns of one list."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject

from govproc_desktop.i18n import _
from govproc_desktop.queries.listing import ListSpec
from govproc_desktop.queries.views import ViewRow, ViewsParams, saved_views
from govproc_desktop.services.saved_views import DeleteView, SaveView
from govproc_desktop.views.kit.list_window.view_tabs import SAVED, Stored, pack

if TYPE_CHECKING:
    from govproc_desktop.views.kit.list_window.page import ListPage


class ViewKeeper(QObject):
    """The saved views of one list page; GUI thread."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page

    def keep_columns(self, fields: tuple[str, ...]) -> None:
        """Show these columns now and whenever the list is opened."""
        page = self._page
        page.show_columns(fields)
        body = pack(Stored(columns=fields))
        page.desk.send(SaveView(view=uuid4(), list_id=page.window_spec.id, body=body), owner=page)

    def save(self) -> None:
        """Ask for a name and keep the question and the columns under it."""
        page = self._page
        name = page.desk.asker.text(
            title=_("存为视图"), prompt=_("给现在的搜索、条件、次序和列起个名字。"), required=True
        )
        if not name:
            return
        asked = page.spec()
        spec = ListSpec(search=asked.search, filters=page.bar.criteria(), order=asked.order)
        body = pack(Stored(spec=spec, columns=page.fields()))
        command = SaveView(view=uuid4(), list_id=page.window_spec.id, name=name, body=body)
        page.desk.send(command, lambda _made: self._reload(f"{SAVED}{name}"), owner=page)

    def delete(self, key: str) -> None:
        """Forget a saved view; the list's own views stay."""
        row = self._page.tabs.uid_of(key)
        if row is not None:
            command = DeleteView(view=row.uid)
            self._page.desk.send(command, lambda _made: self._reload(""), owner=self._page)

    def _reload(self, current: str) -> None:
        page = self._page
        params = ViewsParams(list_id=page.window_spec.id)

        def show(rows: list[ViewRow]) -> None:
            page.tabs.set_saved(rows, current=current)
            page.show_view(page.tabs.current)

        page.desk.read(lambda reader: saved_views(reader, params), show, owner=page)
