/**
 * The schema, as the steps that lead to it. A step that was released is never changed: a new one is added at the end.
 * `PRAGMA user_version` says how many a database has seen.
 */
export const migrations: readonly string[] = [
  // 1: profiles with their bundles and baselines. `state.revision` rises with every change that a listing shows; the
  // use of a profile is not one.
  `
  CREATE TABLE profiles (
    id            TEXT PRIMARY KEY,
    sha256        TEXT NOT NULL UNIQUE,
    type          TEXT NOT NULL,
    name          TEXT NOT NULL,
    service       TEXT,
    env           TEXT,
    taken_at      TEXT,
    origin        TEXT NOT NULL,
    bytes         INTEGER NOT NULL,
    pinned        INTEGER NOT NULL DEFAULT 0,
    imported_at   TEXT NOT NULL,
    last_used_at  TEXT NOT NULL
  ) STRICT;
  CREATE INDEX profiles_by_use ON profiles (pinned, last_used_at);

  CREATE TABLE bundles (
    id          TEXT PRIMARY KEY,
    contents    TEXT NOT NULL UNIQUE,
    created_at  TEXT NOT NULL
  ) STRICT;

  CREATE TABLE bundle_members (
    bundle   TEXT NOT NULL REFERENCES bundles (id) ON DELETE CASCADE,
    profile  TEXT NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    PRIMARY KEY (bundle, profile)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX bundle_members_by_profile ON bundle_members (profile);

  CREATE TABLE baseline_entries (
    id           INTEGER PRIMARY KEY,
    key          TEXT NOT NULL,
    type         TEXT NOT NULL,
    sample_type  TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    taken_at     TEXT,
    recorded_at  TEXT NOT NULL,
    functions    TEXT NOT NULL,
    UNIQUE (key, type, sample_type, sha256)
  ) STRICT;

  CREATE TABLE state (
    name   TEXT PRIMARY KEY,
    value  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO state VALUES ('revision', 0);
  `,
  // 2: the rate of a remembered profile, so that a load that doubled is seen where every share stayed the same.
  `
  ALTER TABLE baseline_entries ADD COLUMN per_second REAL;
  `,
  // 3: the hash of the unpacked content, by which a profile and its compressed form are one. Rows from before have none
  // until the library has read their files again.
  `
  ALTER TABLE profiles ADD COLUMN content TEXT;
  CREATE UNIQUE INDEX profiles_by_content ON profiles (content);
  `,
]
