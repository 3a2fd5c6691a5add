from tests.mqtt.fixtures import mosquitto

__all__ = ["mosquitto"]
