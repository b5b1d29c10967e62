"""What happened to documents: their way, one paper for its reviewer, what a person did and sent."""

from govproc_desktop.queries.histories.lists import DONE_LIST, STARTED_LIST
from govproc_desktop.queries.histories.paper import (
    FileContent,
    FileParams,
    Paper,
    PhraseParams,
    Whereabouts,
    file_content,
    paper,
    phrases,
    whereabouts,
)
from govproc_desktop.queries.histories.way import AUTHOR, Way, WayNode, holders, way_of

__all__ = [
    "AUTHOR",
    "DONE_LIST",
    "STARTED_LIST",
    "FileContent",
    "FileParams",
    "Paper",
    "PhraseParams",
    "Way",
    "WayNode",
    "Whereabouts",
    "file_content",
    "holders",
    "paper",
    "phrases",
    "way_of",
    "whereabouts",
]
