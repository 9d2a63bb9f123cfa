"""Everything that changes the register. Each function is one transaction, bumps the revision and writes the log."""

from schakel.register.write.pack import RunSummary, load_pack
from schakel.register.write.resolve import Progress
from schakel.register.write.revision import listeners

__all__ = ["Progress", "RunSummary", "listeners", "load_pack"]
