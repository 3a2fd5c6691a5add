"""The settings of the processor or accelerator that models run on."""

from typing import Literal

from pydantic import Field

from edge.settings.values import Section

Device = Literal["auto", "cpu", "cuda", "tensorrt", "openvino", "webgpu", "qnn"]
"""What models run on."""

Stage = Literal["wake", "vad", "stt", "tts"]
"""The stages whose models run on ONNX Runtime."""


class ComputeSettings(Section):
    """The processor or accelerator of the models, see docs/boards.md."""

    device: Device = Field(
        default="auto",
        description="what models run on; 'auto': the CPU, until something else was measured to be faster",
    )
    wake: Device | None = Field(default=None, description="another one for the wake word")
    vad: Device | None = Field(default=None, description="another one for voice activity")
    stt: Device | None = Field(default=None, description="another one for speech recognition")
    tts: Device | None = Field(default=None, description="another one for speech synthesis")
    gpu_memory_mb: int | None = Field(
        default=None, ge=64, le=1_000_000, description="the most memory of the GPU that a model may take"
    )
