"""What people say on a made-up community day: how to get to an appointment when the bus does not come."""

TITLE = "Getting there"
PLACES = (
    "Mill Lane", "Fountain Square", "Northfield", "Riverside", "Old Docks", "Hope Street", "Castle Hill", "Weir",
    "Station Road", "West Park", "St Anne's", "Quarry Bank", "Harbour Side", "Meadow View", "Lower Town", "Ash Grove",
    "Bridge End", "Cooper's Yard", "Elm Court", "Priory Gate",
)  # fmt: skip
ORGANISATION = "Riverside Neighbourhood Health"

STATED = {
    "open_to_change": "How appointments are given, what happens when somebody is late, what we ask the buses for.",
    "not_open": "The bus timetable itself. The bus company decides that, and we carry your words to them.",
    "who_decides": "Marion Okoro, who leads the clinic, together with the patients' council.",
    "answer_when": "Within six weeks, on paper and here.",
    "safeguarding_name": "Sam Whitlock, Riverside Neighbourhood Health",
    "safeguarding_phone": "020 7946 0311",
    "emergency_number": "112",
    "support_1": "Listening line, day and night, 020 7946 0822",
    "support_2": "Citizens' advice at the library, 020 7946 0455",
    "confidentiality": "If somebody is in danger we may have to tell. We tell you first if we can.",
    "controller": "Riverside Neighbourhood Health, 4 Mill Lane, data@riverside.example.org",
    "purpose": "To change how appointments and buses fit together, with the people who need both.",
    "legal_basis": "Public task, Article 6(1)(e).",
    "special_condition": "Explicit consent, Article 9(2)(a).",
    "keep_media": "6",
    "keep_words": "24",
    "keep_proof": "72",
    "dpia": "DPIA 2026-07, read by the data protection officer.",
}

AGENDA = (
    ("welcome", "welcome", "Welcome", "You can pass, leave or ask for help at any time.", 10, {}),
    ("stories", "story", "What happened to me", "Tell about one time you had to get to an appointment.", 20, {}),
    ("ideas", "cards", "Ideas", "What would make it easier to get there?", 15, {}),
    ("columns", "cards", "Start, stop, keep", "What should we start, stop, keep?", 15, {"topics": "Start\nStop\nKeep"}),
    ("pause", "pause", "Tea and cake", "There is tea in the hall. We go on together.", 15, {}),
    ("agree", "statements", "Do you agree?", "Do you agree with this?", 10, {"items_from": "ideas"}),
    ("dots", "dots", "What comes first", "Which of these should come first?", 8, {"items_from": "ideas"}),
    ("closing", "closing", "Closing", "How was it for you?", 10, {}),
)

LIVED_STORIES = (
    "The 14 comes once an hour. When it is late, I have missed my appointment before I even left. "
    "Then I am «the patient who did not turn up».",
    "My mother uses a wheelchair. The ramp was broken again. We went home and I cancelled the blood test.",
    "They moved me to half past eight. The first bus that I may use with my pass leaves at nine.",
    "I walked. It took an hour, and I was too tired to say what I had come for.",
    "A neighbour drives me. I hate to ask her, so I only go when it is very bad.",
)
SERVICE_STORIES = (
    "I see the gap in the list at twenty past ten, and I know that it is the bus. I may keep it for ten minutes.",
    "On the phone people say sorry to me, again and again. I would like to say: it is not you.",
)
LONG_STORY = " ".join(
    (
        "It began in March, when they closed the surgery in our street and sent us all to the new centre.",
        "The letter said that it is «easily reached by bus», and it is, if you are young and live on the 14.",
        "I am neither. I take the 9, wait by the fountain, where there is no roof and no seat, and take the 14.",
        "On a good day that is fifty minutes. On a day with roadworks I have stood there for an hour and a half.",
        "I rang from the stop to say that I would be late. The line told me that I was number eleven.",
        "When I came in at last the young man at the desk was kind, but the nurse had gone to her next patient.",
        "He gave me a new appointment, three weeks later, at the same time, with the same buses.",
        "I said: is there nothing in the afternoon? He turned the screen, so that I could see it. There was not.",
        "I am telling this because nobody did anything wrong, and still it went wrong, every single time.",
        "What I want is small: somebody who writes down that I come by bus, and gives me a time that fits it.",
    )
)

IDEAS = (
    ("lived", "Ask «How do you get here?» before giving a time"),
    ("lived", "A roof and a seat at the Fountain stop"),
    ("service", "Keep a late slot free each hour for people who come by bus"),
    ("lived", "Let me say «my bus is late» by one tap"),
    ("lived", "Blood tests at the library on Tuesdays"),
    ("service", "Print the bus on the appointment card"),
    ("other", "Drivers who share a lift, organised by the parish"),
    ("lived", "Never write «did not attend» when the bus was the reason"),
    ("service", "Ring people the day before when there are roadworks"),
    ("lived", "Check the ramp before the bus leaves the depot"),
    ("lived", "Afternoon times for everybody with a concession pass"),
    ("service", "One number at the desk for people who are on their way"),
    ("lived", "A chair and a glass of water when I arrive"),
    ("other", "Show the next bus home on the waiting room's screen"),
    ("service", "Video talks when only a question is left"),
    ("lived", "A volunteer who travels with me the first time"),
    ("lived", "Send the letter in my language"),
    ("service", "Let the nurse come to Mill Lane once a month"),
    ("lived", "Give couples their appointments on the same day"),
    ("other", "Tell the council how many appointments the 14 costs"),
    ("lived", "Put the stop's name in the invitation"),
    ("service", "A waiting list for people who live near and can come at once"),
    ("lived", "Do not start without me when I am in the building"),
    ("lived", "A text message that I can answer"),
)

# How many of 12 with lived experience and of 9 of the service gave each of the first eight ideas a dot.
DOTS = ((11, 3), (9, 2), (2, 8), (8, 4), (3, 1), (1, 6), (1, 1), (1, 2))
# What six of each side answered to the eight questions: 2 yes, 1 partly, 0 no, -1 skipped; twice for twelve.
CLOSING = {
    "space1": ((2, 2, 1, 2, 1, 2), (2, 2, 2, 2, 2, 1)),
    "space2": ((2, 1, 1, 2, 0, 2), (2, 2, 1, 2, 2, 2)),
    "voice1": ((2, 2, 2, 1, 2, 1), (2, 2, 2, 2, 1, 2)),
    "voice2": ((1, 1, 0, 2, 1, 1), (2, 2, 2, 1, 2, 2)),
    "aud1": ((1, 0, 1, 0, 2, 0), (2, 2, 1, 2, 2, 1)),
    "aud2": ((2, 2, 1, 2, 1, 2), (2, 1, 2, 2, 2, 2)),
    "inf1": ((0, 1, 0, 0, 1, 2), (2, 1, 2, 2, 1, 2)),
    "inf2": ((0, 1, 0, 1, 0, 1), (2, 2, 1, 2, 2, 2)),
}
LONG_CARD = (
    "A card that says which buses stop at the door, how long it is to walk for somebody with a stick, "
    "where there is a seat on the way, what to do when the bus is late, and whom to ring. "
) * 2
