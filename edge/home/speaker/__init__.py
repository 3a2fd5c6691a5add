"""Commands to the speaker itself: its volume, its timers, alarms and reminders, and the other speakers."""
