"""What delivering and explaining share: reading the facts of a case and composing its message."""
