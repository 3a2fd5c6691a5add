"""The one place that imports ONNX Runtime, so that none loads it with its collection of usage data switched on."""

import onnxruntime as ort

__all__ = ["ort"]

# Not enough alone: the runtime still writes its device id and looks up its collector. `edge.NO_TELEMETRY` stops both.
ort.disable_telemetry_events()
# What fails raises. What providers write beside that, to standard error and in colours, says nothing to a user.
ort.set_default_logger_severity(4)
