"""From an intent to a plan: which things are meant, what changes on each, and whether it asks first. Pure."""
