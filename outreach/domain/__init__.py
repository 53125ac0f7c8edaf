"""The ground: what follow-up is. Standard library only; time, randomness and ids come in as arguments."""
