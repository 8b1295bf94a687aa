"""One sitting over one answer file: open, edit, undo, autosave, recover. What front ends call."""

from impactbrief.workspace.edited import Changed
from impactbrief.workspace.journal import state_folder
from impactbrief.workspace.new import new_file, put_schema, schema_text
from impactbrief.workspace.outside import Conflict, Difference
from impactbrief.workspace.recent import Exported, Recent, forget, recent
from impactbrief.workspace.saving import Autosave, SaveJob, SaveState, backup_of
from impactbrief.workspace.sitting import Recovery, Workspace
from impactbrief.workspace.stranded import Stranded

__all__ = [
    "Autosave",
    "Changed",
    "Conflict",
    "Difference",
    "Exported",
    "Recent",
    "Recovery",
    "SaveJob",
    "SaveState",
    "Stranded",
    "Workspace",
    "backup_of",
    "forget",
    "new_file",
    "put_schema",
    "recent",
    "schema_text",
    "state_folder",
]
