"""The settings of the MQTT broker."""

from pathlib import Path

from pydantic import Field, model_validator

from edge.settings.values import HostName, Section, Topic


class MqttSettings(Section):
    """The MQTT broker, for reports, commands and the home. Off until a host is named."""

    host: HostName | None = Field(default=None, description="host name or address; none: MQTT is off")
    port: int | None = Field(default=None, ge=1, le=65_535, description="none: 8883 with TLS, else 1883")
    username: str | None = Field(default=None, description="user name at the broker")
    password_file: Path | None = Field(default=None, description="mode 0600; or the credential 'mqtt-password'")
    tls: bool = Field(default=False, description="encrypt; needed outside your own network")
    ca_file: Path | None = Field(default=None, description="none: the system's certificate authorities")
    cert_file: Path | None = Field(default=None, description="client certificate")
    key_file: Path | None = Field(default=None, description="its key; none: the credential 'mqtt-key', or cert_file")
    peers: bool = Field(default=True, description="know the other speakers of the home ([device] home)")
    discovery: bool = Field(default=True, description="show the speaker as a device in Home Assistant")
    discovery_prefix: Topic = Field(default="homeassistant", description="Home Assistant's discovery prefix")

    @model_validator(mode="after")
    def _tls_files_need_tls(self) -> "MqttSettings":
        if not self.tls and (self.ca_file or self.cert_file or self.key_file):
            message = "ca_file, cert_file and key_file need tls = true"
            raise ValueError(message)
        if self.key_file is not None and self.cert_file is None:
            message = "key_file needs cert_file"
            raise ValueError(message)
        return self
