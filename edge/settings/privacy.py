"""The settings of what may leave the home for a cloud."""

from typing import Literal

from pydantic import Field

from edge.settings.values import OwnWord, Section

LeavesHome = Literal["never", "redacted"]
"""Whether a question about a private matter may go to the cloud, with its private values replaced."""


class PrivacySettings(Section):
    """What the cloud is never asked about, and what is replaced in the questions that it is asked."""

    health: LeavesHome = Field(
        default="never", description="questions about the health of a person; 'redacted': sent without private values"
    )
    money: LeavesHome = Field(default="never", description="the same for your money")
    children: LeavesHome = Field(default="never", description="the same for your children")
    secrets: LeavesHome = Field(default="never", description="the same for passwords, codes and confidences")
    words: list[OwnWord] = Field(
        default_factory=list, max_length=500, description="a question with one of these words is never sent"
    )
    names: list[OwnWord] = Field(
        default_factory=list, max_length=500, description="names of persons and places that are replaced in questions"
    )
