"""Units, people, accounts and roles: set up, log in, and the rights a person has today."""

from govproc_desktop.services.accounts.login import NoteLogin, log_in
from govproc_desktop.services.accounts.people import SaveOperator, SaveRole
from govproc_desktop.services.accounts.rights import actor_for_login, actor_of, refresh
from govproc_desktop.services.accounts.units import SaveUnit

__all__ = [
    "NoteLogin",
    "SaveOperator",
    "SaveRole",
    "SaveUnit",
    "actor_for_login",
    "actor_of",
    "log_in",
    "refresh",
]
