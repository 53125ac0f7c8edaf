"""Answers to "what, when and why": they only read, never write, never send, and decide with the engine's own decision."""
