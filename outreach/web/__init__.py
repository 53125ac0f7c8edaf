"""The web door: what providers tell us, the unsubscribe page, recordings for calls, health and figures."""
