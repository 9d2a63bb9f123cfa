"""Everything that changes the register. Each function is one transaction, bumps the revision and writes the log."""

from schakel.register.write.check import InvalidEdit, StaleEdit
from schakel.register.write.edit import close, mark_checked, move, rename, state_edit
from schakel.register.write.keys import first_free, key_part
from schakel.register.write.layers import LayerSource, store_layer
from schakel.register.write.merge import merge_organisations, undo_merge
from schakel.register.write.negative import state_negative, state_negatives, withdraw_negative, withdraw_negatives
from schakel.register.write.pack import RunSummary, load_pack
from schakel.register.write.population import POPULATION, PopulationSummary, load_population
from schakel.register.write.profile import (
    OWNER_FIELDS,
    Spoken,
    Voice,
    confirm_profile,
    lift_silence,
    mark_unconfirmed,
    state_profile,
)
from schakel.register.write.proposals import accept_proposal, reject_proposal, take_back_proposal
from schakel.register.write.resolve import Progress
from schakel.register.write.revision import listeners
from schakel.register.write.sources import rebuild, withdraw_source, withdraw_statement
from schakel.register.write.undo import OvertakenEdit, undo_edit

__all__ = [
    "OWNER_FIELDS",
    "POPULATION",
    "InvalidEdit",
    "LayerSource",
    "OvertakenEdit",
    "PopulationSummary",
    "Progress",
    "RunSummary",
    "Spoken",
    "StaleEdit",
    "Voice",
    "accept_proposal",
    "close",
    "confirm_profile",
    "first_free",
    "key_part",
    "lift_silence",
    "listeners",
    "load_pack",
    "load_population",
    "mark_checked",
    "mark_unconfirmed",
    "merge_organisations",
    "move",
    "rebuild",
    "reject_proposal",
    "rename",
    "state_edit",
    "state_negative",
    "state_negatives",
    "state_profile",
    "store_layer",
    "take_back_proposal",
    "undo_edit",
    "undo_merge",
    "withdraw_negative",
    "withdraw_negatives",
    "withdraw_source",
    "withdraw_statement",
]
