"""Figures that are counted rather than timed: run by `make figures` and by CI, in small by every test run."""
