"""Reads the rules data, and the facts of geography it needs: what holds where, since when, and who says so.

The files lie beside this one and are shipped with it. They are read and checked once for each process, when first asked
for; what is wrong in them names file, line of the data, and mistake.
"""

from __future__ import annotations

from outreach.rules.reading import BadRules, read, sources

__all__ = ["BadRules", "read", "sources"]
