"""Tables of the register: the region, what sources said, and the record that follows from it."""

from schakel.register.models.proposals import Proposal
from schakel.register.models.region import (
    Cluster,
    ClusterMember,
    Initiative,
    Locality,
    MapLayer,
    MunicipalFigure,
    Municipality,
    NegativeStatement,
    Partner,
    PopulationPoint,
    Region,
    Task,
)
from schakel.register.models.resolved import (
    Area,
    Employment,
    Establishment,
    Offer,
    Organisation,
    Recognition,
)
from schakel.register.models.statements import Merge, Revision, Run, Source, Statement

__all__ = [
    "Area",
    "Cluster",
    "ClusterMember",
    "Employment",
    "Establishment",
    "Initiative",
    "Locality",
    "MapLayer",
    "Merge",
    "MunicipalFigure",
    "Municipality",
    "NegativeStatement",
    "Offer",
    "Organisation",
    "Partner",
    "PopulationPoint",
    "Proposal",
    "Recognition",
    "Region",
    "Revision",
    "Run",
    "Source",
    "Statement",
    "Task",
]
