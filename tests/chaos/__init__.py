"""The proof: real processes are killed, frozen and cut off while a referee who is never touched keeps the book."""
