"""The companies that carry messages: one file per vendor, both directions in it."""
