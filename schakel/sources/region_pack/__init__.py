"""A region as a folder of tables: read it, check every cell, hand it out as typed rows."""

from schakel.sources.region_pack.model import PackFaults, RegionPack
from schakel.sources.region_pack.parse import check_pack, read_pack

__all__ = ["PackFaults", "RegionPack", "check_pack", "read_pack"]
