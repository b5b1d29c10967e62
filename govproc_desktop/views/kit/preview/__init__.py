"""Print preview: shows, saves and prints the very same PDF bytes, for one document or many."""

from govproc_desktop.views.kit.preview.paper import Paper, load_papers
from govproc_desktop.views.kit.preview.window import PreviewWindow, show_preview

__all__ = ["Paper", "PreviewWindow", "load_papers", "show_preview"]
