"""Where the entities of the model come from: the settings, announcements on MQTT, and Home Assistant."""
