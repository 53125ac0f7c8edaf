"""How quick it is: from enrolling to the provider's yes, at the prompt, and under load. `python -m bench --help`."""
