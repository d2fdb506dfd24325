-- Rights of the people who sign in. Identities (user, session, password, one-time codes) are global and live in schema auth.

create table identity_grant (
  commune_id int not null references commune,
  id uuid not null,
  user_id text not null,
  user_name text not null,
  role text not null,
  hamlet_id uuid,
  valid_from timestamptz not null,
  valid_to timestamptz,
  granted_by text not null,
  ended_by text,
  ended_at timestamptz,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table identity_grant is 'A role of a person in this commune (or one hamlet of it) for a term of office. Ended, never deleted.';
create index on identity_grant (commune_id, user_id);
select tenant_table('identity_grant', 'select, insert, update');

create table identity_binding (
  commune_id int not null references commune,
  id uuid not null,
  user_id text not null,
  resident_id uuid not null,
  method text not null check (method in ('counter', 'oidc')),
  bound_by text not null,
  bound_at timestamptz not null,
  ended_at timestamptz,
  primary key (commune_id, id),
  foreign key (commune_id, resident_id) references registry_resident (commune_id, id)
);
comment on table identity_binding is 'A sign-in proved to be a resident, at the counter or by the national identity provider: the phone alone proves only the phone.';
create unique index identity_binding_one_open on identity_binding (commune_id, user_id) where ended_at is null;
select tenant_table('identity_binding', 'select, insert, update');

create table identity_api_key (
  commune_id int not null references commune,
  id uuid not null,
  name text not null,
  key_hash bytea not null,
  roles text[] not null,
  created_at timestamptz not null,
  valid_to timestamptz,
  ended_at timestamptz,
  primary key (commune_id, id),
  unique (commune_id, key_hash)
);
comment on column identity_api_key.key_hash is 'sha256 of the key; the key itself is shown once.';
select tenant_table('identity_api_key', 'select, insert, update');
