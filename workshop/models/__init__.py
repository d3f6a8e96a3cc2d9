"""The tables, and properties that look only at their own row."""

from workshop.models.ballots import Ballot, BallotLink, HasChosen
from workshop.models.boxes import Box, Reading, Slip
from workshop.models.cards import OneTimeCard
from workshop.models.contributions import Contribution, Edit, Seen, Tombstone
from workshop.models.discussions import Discussion
from workshop.models.events import Audit, Event
from workshop.models.media import Medium, Piece
from workshop.models.merges import Merge
from workshop.models.organisations import Membership, Organisation, SignIn, SignInLink, SpareCode, User
from workshop.models.outcomes import Commitment, Export
from workshop.models.people import Device, HelpRequest, Participant
from workshop.models.playlists import Playlist, PlaylistStory
from workshop.models.responses import Concern, Link, Response
from workshop.models.rules import Rules
from workshop.models.themes import Confirmation, Highlight, Move, Theme
from workshop.models.upkeep import Failure, Installation, Job
from workshop.models.workshops import Activity, Door, Workshop
from workshop.models.worries import Decision, Flag, Gravity, Objection, QueueTurn, Told

__all__ = [
    "Activity",
    "Audit",
    "Ballot",
    "BallotLink",
    "Box",
    "Commitment",
    "Concern",
    "Confirmation",
    "Contribution",
    "Decision",
    "Device",
    "Discussion",
    "Door",
    "Edit",
    "Event",
    "Export",
    "Failure",
    "Flag",
    "Gravity",
    "HasChosen",
    "HelpRequest",
    "Highlight",
    "Installation",
    "Job",
    "Link",
    "Medium",
    "Membership",
    "Merge",
    "Move",
    "Objection",
    "OneTimeCard",
    "Organisation",
    "Participant",
    "Piece",
    "Playlist",
    "PlaylistStory",
    "QueueTurn",
    "Reading",
    "Response",
    "Rules",
    "Seen",
    "SignIn",
    "SignInLink",
    "Slip",
    "SpareCode",
    "Theme",
    "Told",
    "Tombstone",
    "User",
    "Workshop",
]
