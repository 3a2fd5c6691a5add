"""The settings of what is reported."""

from pathlib import Path

from pydantic import Field, field_validator

from edge.settings.values import Section


class TelemetrySettings(Section):
    """What is reported, over MQTT and to Prometheus."""

    metrics_interval_s: float = Field(default=60, ge=1, le=86_400, description="seconds between two metrics reports")
    transcripts: bool = Field(default=False, description="include what was said and answered, and timer names")
    spool_mb: int = Field(
        default=16, ge=1, le=1024, description="room on the disk for records that wait for the broker, megabytes"
    )
    prometheus_file: Path | None = Field(
        default=None, description="file of metrics for node_exporter, NAME.prom; none: no file"
    )

    @field_validator("prometheus_file")
    @classmethod
    def _collector_reads_it(cls, value: Path | None) -> Path | None:
        if value is not None and (value.suffix != ".prom" or not value.is_absolute()):
            message = "must be an absolute path that ends with .prom: the collector reads no other files"
            raise ValueError(message)
        return value
