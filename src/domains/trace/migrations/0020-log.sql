-- The public log: a Merkle tree per commune that a stranger can check. What is in the tree is only ever added to.

create table trace_log_waiting (
  commune_id int not null references commune,
  id uuid not null,
  kind text not null check (kind ~ '^[a-z_]{2,40}$'),
  subject text not null,
  hash bytea not null check (length(hash) = 32),
  digest bytea check (length(digest) = 32),
  primary key (commune_id, id)
);
comment on table trace_log_waiting is 'Leaves that committed and are not in the tree yet; written with what they tell of, taken away when they are sequenced.';
select tenant_table('trace_log_waiting', 'select, insert, delete');

create table trace_log_leaf (
  commune_id int not null references commune,
  idx bigint not null check (idx >= 0),
  kind text not null,
  subject text not null,
  hash bytea not null,
  digest bytea,
  leaf_hash bytea not null,
  primary key (commune_id, idx),
  unique (commune_id, kind, subject, hash)
);
comment on table trace_log_leaf is 'The leaves of the public log in their order. Append-only.';
comment on column trace_log_leaf.hash is 'What the leaf commits to: the hash of a published event, or SHA-256(salt || canonical JSON).';
comment on column trace_log_leaf.digest is 'SHA-256 of a published event''s canonical JSON: the event''s own hash does not see every byte of it.';
comment on column trace_log_leaf.leaf_hash is 'SHA-256(0x00 || entry), RFC 6962 section 2.1; the entry follows from kind, hash and digest.';
create index on trace_log_leaf (commune_id, subject);
select tenant_table('trace_log_leaf', 'select, insert');

create table trace_log_node (
  commune_id int not null references commune,
  level int not null check (level > 0),
  idx bigint not null check (idx >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (commune_id, level, idx)
);
comment on table trace_log_node is 'The root of every full tile (256 hashes of the level below): what tiles of level 1 and above hold. Append-only.';
select tenant_table('trace_log_node', 'select, insert');

create table trace_log_checkpoint (
  commune_id int not null references commune,
  seq bigint not null check (seq > 0),
  size bigint not null check (size >= 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  signed_at timestamptz not null,
  primary key (commune_id, seq)
);
comment on table trace_log_checkpoint is 'Every head of the log that was ever signed. Append-only.';
create index on trace_log_checkpoint (commune_id, size);
select tenant_table('trace_log_checkpoint', 'select, insert');

create table trace_log_key (
  commune_id int not null references commune,
  generation int not null check (generation > 0),
  name text not null,
  public_key bytea not null check (length(public_key) = 32),
  sealed bytea not null,
  signs_from timestamptz not null,
  predecessor_until timestamptz,
  handover text,
  primary key (commune_id, generation)
);
comment on table trace_log_key is 'The keys that sign the log''s heads, one after the other. Append-only.';
comment on column trace_log_key.sealed is 'The secret half, AES-256-GCM under a key of the installation that is not in the database.';
comment on column trace_log_key.predecessor_until is 'How long the key before it signs beside it.';
comment on column trace_log_key.handover is 'A note by the key before it that names this one; absent for the first, and where the one before was lost to somebody.';
select tenant_table('trace_log_key', 'select, insert');

create table trace_log_salt (
  commune_id int not null references commune,
  hash bytea not null,
  salt bytea not null,
  primary key (commune_id, hash)
);
comment on table trace_log_salt is 'The salt of a commitment. Without it nobody can tell what was committed to: taken away when that must be forgotten.';
select tenant_table('trace_log_salt', 'select, insert, delete');

create table trace_log_about (
  commune_id int not null references commune,
  about text not null,
  kind text not null,
  subject text not null,
  primary key (commune_id, about, kind, subject)
);
comment on table trace_log_about is 'Which leaves tell of a lot: the way from its code to its proofs. No part of the log.';
select tenant_table('trace_log_about', 'select, insert');
