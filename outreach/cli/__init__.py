"""The admin command: `outreach enroll ada@example.com trial`. It asks verbs to act and shows what insight explains."""
