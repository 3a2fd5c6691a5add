"""The home as its devices announce it on MQTT: Home Assistant's discovery topics, and Tasmota's own."""
