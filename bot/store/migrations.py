"""The schema, as steps applied in order; a step that was released is never changed.

``person`` columns hold salted hashes. What belongs to a person has that column, so that
`People.forget` finds all of it.
"""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE person (
        person TEXT PRIMARY KEY,
        language TEXT,
        consent INTEGER  -- to keeping the text of questions: 1 yes, 0 no, NULL never asked
    ) STRICT;
    CREATE TABLE conversation (
        person TEXT NOT NULL,
        chat TEXT NOT NULL,
        state TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (person, chat)
    ) STRICT;
    CREATE TABLE vote (
        person TEXT NOT NULL,
        message TEXT NOT NULL,  -- the answer voted on
        article INTEGER NOT NULL,
        is_up INTEGER NOT NULL,
        question TEXT,          -- only with consent
        language TEXT,
        at INTEGER NOT NULL,
        PRIMARY KEY (person, message)
    ) STRICT;
    CREATE TABLE unanswered (
        person TEXT NOT NULL,
        question TEXT NOT NULL,
        language TEXT NOT NULL,
        status TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (person, question)
    ) STRICT;
    CREATE TABLE answer (
        person TEXT NOT NULL,
        question TEXT PRIMARY KEY,  -- the message that asked
        messages TEXT NOT NULL,     -- JSON: the numbers of the messages that answered
        text TEXT NOT NULL,         -- a salted hash of the words that were answered
        before TEXT NOT NULL,       -- where the conversation stood
        at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE tally (
        day TEXT NOT NULL,
        name TEXT NOT NULL,
        label TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (day, name, label)
    ) STRICT;
    """,
    """
    CREATE TABLE handled (
        number INTEGER PRIMARY KEY,  -- Telegram's number of the update
        tries INTEGER NOT NULL,
        is_done INTEGER NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE kept (
        number INTEGER PRIMARY KEY,  -- of an update that waits, and is confirmed all the same
        body TEXT NOT NULL           -- gone as soon as it is answered
    ) STRICT;
    ALTER TABLE handled ADD COLUMN alone INTEGER NOT NULL DEFAULT 0;  -- tries with nothing else in hand
    """,
    """
    ALTER TABLE person ADD COLUMN is_asked INTEGER NOT NULL DEFAULT 0;  -- for consent, once
    DELETE FROM tally WHERE name = 'vote';  -- of presses; votes are counted where they stand
    """,
)
