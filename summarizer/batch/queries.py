"""The tables of the journal, and what is asked of them.

The inputs are one run's; a content that several of them have is done once, for the first of them.
"""

FORMAT = "1"
TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, started REAL, recipe TEXT);
CREATE TABLE IF NOT EXISTS inputs (
    position INTEGER PRIMARY KEY, key TEXT, is_first INTEGER DEFAULT 0,
    path BLOB, entry TEXT, name TEXT, fault TEXT);
CREATE INDEX IF NOT EXISTS inputs_key ON inputs (key);
CREATE TABLE IF NOT EXISTS documents (
    key TEXT PRIMARY KEY, state TEXT, run INTEGER, finished REAL, attempts INTEGER,
    failure TEXT, message TEXT, record BLOB, requests INTEGER, reasks INTEGER, cached INTEGER,
    prompt_tokens INTEGER, completion_tokens INTEGER, seconds REAL);
"""
PENDING = """
SELECT position, key, path, entry, name, fault FROM inputs
WHERE is_first AND position > ? AND NOT EXISTS (
    SELECT 1 FROM documents WHERE documents.key = inputs.key
    AND (state = 'ok' OR (state = 'failed' AND (run = ? OR NOT ?))))
ORDER BY position LIMIT ?
"""
RECORDS = """
SELECT name, record, (
    SELECT json_group_array(name) FROM (
        SELECT name FROM inputs AS other WHERE other.key = inputs.key AND other.name != inputs.name
        ORDER BY position))
FROM inputs JOIN documents USING (key) WHERE is_first ORDER BY position
"""
COUNTS = """
SELECT COUNT(*), SUM(is_first), SUM(is_first AND state = 'ok'), SUM(is_first AND state = 'failed')
FROM inputs LEFT JOIN documents USING (key)
"""
FAILURES = """
SELECT failure, SUM(is_first), MIN(name), message, json_group_array(name)
FROM (SELECT failure, name, message, is_first FROM inputs JOIN documents USING (key)
    WHERE state = 'failed' ORDER BY position)
GROUP BY failure ORDER BY SUM(is_first) DESC, failure
"""
USAGE = """
SELECT SUM(requests), SUM(reasks), SUM(cached), SUM(prompt_tokens), SUM(completion_tokens),
    SUM(seconds) FROM inputs JOIN documents USING (key) WHERE is_first
"""
MEAN = """
SELECT COUNT(*), AVG(requests), AVG(prompt_tokens), AVG(completion_tokens), AVG(seconds)
FROM documents WHERE state = 'ok' AND cached = 0
"""
