"""What only an answer of Home Assistant tells: lists, the weather, calendars."""
