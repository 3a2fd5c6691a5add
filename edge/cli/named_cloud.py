"""The model in the cloud that the settings name: does it suit its address, and how long will it be there?"""

import os
from collections.abc import Iterator
from datetime import date

from edge.cli.findings import Finding, Key
from edge.errors import SettingsError
from edge.llm.endpoint_profile import WARN_DAYS, choose_target, require_model, shipped_profiles
from edge.runtime.paths import SERVICE_SECRETS
from edge.runtime.secrets import credential_file
from edge.settings import AUTO, Settings

_KEY: Key = ("llm", "cloud", "model")
_CREDENTIAL = "cloud-api-key"


def look_at_cloud(settings: Settings) -> Iterator[Finding]:
    """What is wrong with the model in the cloud, if a key for it is there."""
    if _is_on(settings):
        try:
            require_model(shipped_profiles(), settings.llm.cloud.url, settings.llm.cloud.model)
        except SettingsError as error:
            yield Finding.of(error, _KEY)


def look_ahead(settings: Settings, today: date) -> Iterator[Finding]:
    """What an owner should know of the model in the cloud: how long it is there, and what its provider says of it."""
    if not _is_on(settings):
        return
    cloud = settings.llm.cloud
    target = choose_target(shipped_profiles(), url=cloud.url, model=cloud.model, today=today)
    profile = target.profile
    if profile.note:
        yield Finding("endpoint-note", profile.note, key=("llm", "cloud", "url"), certain=False)
    days = profile.days_left(today)
    if days is None or days > WARN_DAYS:
        return
    message = f"{target.model} {'was' if days <= 0 else 'will be'} shut down on {profile.valid_until}"
    if cloud.model == AUTO:
        hint = f"nothing to do: 'auto' then asks {profile.successor}"
    else:
        hint = f"set model = 'auto' or '{profile.successor}'" if profile.successor else "name another model"
    yield Finding("cloud-model-ends", message, hint, _KEY, certain=False)


def _is_on(settings: Settings) -> bool:
    """Whether there is a key, as far as this user can see."""
    if settings.llm.cloud.api_key_file is not None or credential_file(_CREDENTIAL) is not None:
        return True
    return os.path.lexists(SERVICE_SECRETS / f"edge-voice.{_CREDENTIAL}")
