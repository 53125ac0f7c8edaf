"""What came by mail: raw bytes, however broken, become one value the engine understands.

Nothing here raises for what stands in a mail, and all of it takes time in proportion to the size: anybody may write to us.
"""

from outreach.inbox.reading import read

__all__ = ["read"]
