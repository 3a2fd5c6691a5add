"""Every error a user can meet carries a stable code, what happened, and what to do next.

    EdgeError
     |- UsageError        the command line was wrong                          (exit status 2)
     |- SettingsError     the settings file: every mistake in it, together
     |- ModelError        a model is missing, damaged, or cannot be fetched
     |- AudioError        a recording or a sound device
     |- EngineError       an engine that is not installed or failed at its work
     |- LlmError          a chat endpoint: refused, cut off, too slow, too long
     |- BrokerError       the MQTT broker cannot be reached, or refused
     |- ControlError      a command to the running speaker: not understood, refused, or there is no speaker
     `- HomeError         an action that could not be carried out

Codes are kebab-case and never change meaning; logs, the MQTT `event` topic and tests use them.
"""


class EdgeError(Exception):
    """A failure that is the user's business.

    `code` is stable, `message` says what happened, `hint` says what to do next (empty when there is nothing to do).
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
    """The command was called in a way that cannot work."""

    exit_status = 2


class SettingsError(EdgeError):
    """The settings cannot be used; `mistakes` holds one line for each thing that is wrong."""

    def __init__(self, code: str, message: str, hint: str = "", *, mistakes: tuple[str, ...] = ()) -> None:
        super().__init__(code, message, hint)
        self.mistakes = mistakes


class ModelError(EdgeError):
    """A model is missing, damaged, or cannot be fetched."""


class AudioError(EdgeError):
    """A recording or a sound device cannot be used."""


class EngineError(EdgeError):
    """An engine is not installed, or failed at its work."""


class LlmError(EdgeError):
    """A chat endpoint refused, was cut off, was too slow, or the question did not fit."""


class BrokerError(EdgeError):
    """The MQTT broker cannot be reached, or refused a message."""


class ControlError(EdgeError):
    """A command to the running speaker was not understood or refused, or the speaker cannot be reached."""


class HomeError(EdgeError):
    """A home action could not be carried out."""
