"""Home Assistant's WebSocket API as a source of entities, and as a way for commands to them.

It adds what is not on MQTT: Hue, ZHA, Matter, media players, lists, the weather. Off unless `[home.home_assistant] url`
is set. The protocol: https://developers.home-assistant.io/docs/api/websocket
"""
