"""SendGrid as its customers see it: mail/send, events, logs, suppression lists, Inbound Parse."""
