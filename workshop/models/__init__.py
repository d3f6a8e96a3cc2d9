"""The tables, and properties that look only at their own row."""

from workshop.models.ballots import Ballot, BallotLink, HasChosen
from workshop.models.contributions import Contribution, Edit, Flag, Seen, Tombstone
from workshop.models.events import Audit, Event
from workshop.models.media import Medium, Piece
from workshop.models.organisations import Membership, Organisation, SignIn, SignInLink, SpareCode, User
from workshop.models.outcomes import Commitment, Export
from workshop.models.people import Device, HelpRequest, Participant
from workshop.models.upkeep import Failure, Installation, Job
from workshop.models.workshops import Activity, Door, Workshop

__all__ = [
    "Activity",
    "Audit",
    "Ballot",
    "BallotLink",
    "Commitment",
    "Contribution",
    "Device",
    "Door",
    "Edit",
    "Event",
    "Export",
    "Failure",
    "Flag",
    "HasChosen",
    "HelpRequest",
    "Installation",
    "Job",
    "Medium",
    "Membership",
    "Organisation",
    "Participant",
    "Piece",
    "Seen",
    "SignIn",
    "SignInLink",
    "SpareCode",
    "Tombstone",
    "User",
    "Workshop",
]
