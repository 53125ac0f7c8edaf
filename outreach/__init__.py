"""outreach: a multi-channel follow-up engine that never forgets a lead."""

__version__ = "0.1.0"
