/**
 * Creates the tables of the store, those of tasks excepted; one step of the store's migrations.
 *
 * Times of executions, images, pending keys and stream tokens are Unix seconds, those of users and secrets
 * milliseconds, except for `users.expires_at`. Lists are JSON.
 *
 * A NUL character is refused wherever a caller decides on a text: libsql reads texts only up to the first one, and
 * a name that comes back shorter is the name of something else.
 */
export const createStoreTablesSql = `
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

CREATE TABLE executions (
  execution_id           TEXT PRIMARY KEY,
  created_by             TEXT NOT NULL,
  owned_by               TEXT NOT NULL,
  command                TEXT NOT NULL,
  status                 TEXT NOT NULL,
  started_at             INTEGER NOT NULL,
  completed_at           INTEGER,
  exit_code              INTEGER NOT NULL,
  duration_seconds       INTEGER,
  log_stream_name        TEXT,
  created_by_request_id  TEXT NOT NULL,
  modified_by_request_id TEXT NOT NULL,
  cloud                  TEXT,
  CHECK (instr(execution_id || created_by || command, char(0)) = 0)
) STRICT;
CREATE INDEX executions_by_start ON executions (started_at DESC, execution_id);
CREATE INDEX executions_by_status ON executions (status, started_at DESC, execution_id);
CREATE INDEX executions_by_creating_request ON executions (created_by_request_id);
CREATE INDEX executions_by_modifying_request ON executions (modified_by_request_id);

CREATE TABLE images (
  image_id               TEXT PRIMARY KEY,
  image                  TEXT NOT NULL,
  is_default             INTEGER NOT NULL,
  task_role              TEXT,
  execution_role         TEXT,
  cpu                    INTEGER NOT NULL,
  memory                 INTEGER NOT NULL,
  is_memory_stated       INTEGER NOT NULL,
  runtime_platform       TEXT NOT NULL,
  registry               TEXT NOT NULL,
  name                   TEXT NOT NULL,
  tag                    TEXT NOT NULL,
  created_by             TEXT NOT NULL,
  owned_by               TEXT NOT NULL,
  created_at             INTEGER NOT NULL,
  created_by_request_id  TEXT NOT NULL,
  modified_by_request_id TEXT NOT NULL,
  CHECK (instr(image_id || image || coalesce(task_role, '') || coalesce(execution_role, '') || runtime_platform || created_by, char(0)) = 0)
) STRICT;
CREATE UNIQUE INDEX images_default ON images (is_default) WHERE is_default = 1;
CREATE INDEX images_by_name ON images (name, tag);

CREATE TABLE users (
  email                  TEXT PRIMARY KEY,
  role                   TEXT NOT NULL,
  api_key_hash           TEXT NOT NULL UNIQUE,
  created_at             INTEGER NOT NULL,
  last_used              INTEGER,
  revoked                INTEGER NOT NULL,
  expires_at             INTEGER,
  created_by_request_id  TEXT NOT NULL,
  modified_by_request_id TEXT NOT NULL,
  CHECK (instr(email || role || api_key_hash, char(0)) = 0)
) STRICT;
CREATE INDEX users_by_expiry ON users (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE pending_keys (
  token       TEXT PRIMARY KEY,
  api_key     BLOB,
  user_email  TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  viewed      INTEGER NOT NULL,
  viewed_at   INTEGER,
  viewed_from TEXT,
  CHECK (instr(token || user_email || created_by, char(0)) = 0)
) STRICT;
CREATE INDEX pending_keys_by_expiry ON pending_keys (expires_at);

CREATE TABLE secrets (
  name                   TEXT PRIMARY KEY,
  key_name               TEXT NOT NULL,
  description            TEXT,
  value                  BLOB NOT NULL,
  created_by             TEXT NOT NULL,
  updated_by             TEXT NOT NULL,
  owned_by               TEXT NOT NULL,
  created_at             INTEGER NOT NULL,
  updated_at             INTEGER NOT NULL,
  created_by_request_id  TEXT NOT NULL,
  modified_by_request_id TEXT NOT NULL,
  CHECK (instr(name || key_name || coalesce(description, '') || created_by || updated_by, char(0)) = 0)
) STRICT;

CREATE TABLE stream_tokens (
  token          TEXT PRIMARY KEY,
  execution_id   TEXT NOT NULL,
  position       TEXT,
  created_by     TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  expires_at     INTEGER NOT NULL,
  client_address TEXT,
  CHECK (instr(token || execution_id || created_by, char(0)) = 0)
) STRICT;
CREATE INDEX stream_tokens_by_expiry ON stream_tokens (expires_at);
`;
