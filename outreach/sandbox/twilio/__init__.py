"""Twilio as its customers see it: messages, calls, and the telephones at the other end."""
