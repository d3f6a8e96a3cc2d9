"""The only place that sees the request: guards, pages, errors, headers."""

from flask import Flask

from workshop.web import (
    accounts,
    adding,
    agenda,
    answering,
    became,
    booklet,
    boxes,
    cards,
    confirming,
    console,
    cookies,
    curate,
    decisions,
    disclosure,
    discussing,
    door,
    errors,
    exports,
    follow_up,
    guards,
    health,
    helping,
    hosting,
    installable,
    invitations,
    language,
    leave_fast,
    media,
    merges,
    moderation,
    office,
    paper,
    parts,
    people,
    phone,
    playlists,
    promises,
    queue_turn,
    reading,
    results,
    room,
    rules,
    screen,
    second_look,
    second_step,
    security,
    setting_up,
    statements,
    tablet,
    taking_out,
    templates,
    themes,
    transcripts,
    unsent,
    ways_back,
    words,
    worries,
    yeses,
)

CARE = (moderation, taking_out, worries, disclosure, second_look, queue_turn)
CONSOLE = (console, *CARE, promises, hosting, adding, room, cards, paper, boxes, merges, screen)
OFFICE = (accounts, second_step, invitations, office, people, statements, setting_up, rules, agenda, results, exports)
ANSWERS = (answering, became, decisions, follow_up, playlists, discussing, booklet)
CURATING = (themes, reading, curate, confirming)


def init_app(app: Flask) -> None:
    """Put every page and every protection in its place."""
    security.init_app(app)
    cookies.init_app(app)
    language.init_app(app)
    guards.init_app(app)
    templates.init_app(app)
    errors.init_app(app)
    installable.init_app(app)
    ways_back.init_app(app)
    for page in (
        door,
        tablet,
        leave_fast,
        phone,
        words,
        yeses,
        media,
        transcripts,
        parts,
        installable,
        unsent,
        ways_back,
        helping,
        health,
        *CONSOLE,
        *OFFICE,
        *CURATING,
        *ANSWERS,
    ):
        app.register_blueprint(page.bp)
