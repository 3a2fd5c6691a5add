"""Every error that a user can meet has a stable code, a message, and a hint.

    EdgeError
     |- UsageError        the command line was wrong                          (exit status 2)
     |- SettingsError     the settings file, with every mistake in it
     |- ModelError        a model is missing, damaged, or cannot be fetched
     |- AudioError        a recording or a sound device
     |- EngineError       an engine that is not installed or failed
     |- LlmError          a chat endpoint refused, broke off or was too slow, or the question was too long
     |- BrokerError       the MQTT broker cannot be reached, or refused
     |- InstallError      the service cannot be installed, switched or removed
     |- ControlError      a command to the running speaker: not understood, refused, or there is no speaker
     `- HomeError         an action that could not be carried out

Codes are kebab-case and never change meaning; logs, the MQTT `event` topic and tests use them.
"""


class EdgeError(Exception):
    """A failure that the user should know about.

    `code` is stable, `message` says what happened, `hint` says what to do next (empty if there is nothing to do).
    """

    exit_status = 1

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """One line for a terminal or a log."""
        return f"{self.message} ({self.code})" + (f" - {self.hint}" if self.hint else "")


class UsageError(EdgeError):
    """The command line was wrong."""

    exit_status = 2


class SettingsError(EdgeError):
    """The settings cannot be used; `mistakes` holds one line per mistake."""

    def __init__(self, code: str, message: str, hint: str = "", *, mistakes: tuple[str, ...] = ()) -> None:
        super().__init__(code, message, hint)
        self.mistakes = mistakes


class ModelError(EdgeError):
    """A model is missing, damaged, or cannot be fetched."""


class AudioError(EdgeError):
    """A recording or a sound device cannot be used."""


class EngineError(EdgeError):
    """An engine is not installed, or failed."""


class LlmError(EdgeError):
    """A chat endpoint refused, broke off or was too slow, or the question was too long."""


class BrokerError(EdgeError):
    """The MQTT broker cannot be reached, or refused a message."""


class ControlError(EdgeError):
    """A command to the running speaker was not understood or refused, or the speaker cannot be reached."""


class HomeError(EdgeError):
    """A home action could not be carried out."""


class InstallError(EdgeError):
    """The service cannot be installed, switched to another release, or removed."""
