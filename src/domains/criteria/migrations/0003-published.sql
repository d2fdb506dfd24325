-- What a commune publishes of a board: values without people, to be compared with other communes'. Only ever added to.

create table criteria_published (
  commune_id int not null references commune,
  id uuid not null,
  set_code text not null,
  reach text not null check (reach in ('public', 'province')),
  live boolean not null,
  body text,
  signature text not null,
  signer_name text,
  published_at timestamptz not null,
  primary key (commune_id, id)
);
comment on table criteria_published is 'Boards as communes published them: the one table of this room that other communes may read. No personal data but the signer''s name.';
comment on column criteria_published.reach is 'Who may read it: everybody, or the province''s reviewers alone.';
comment on column criteria_published.live is 'The program publishes anew when the values move, until a person publishes or withdraws.';
comment on column criteria_published.body is 'The values as JSON, byte for byte as they were signed; null where the commune withdrew.';
comment on column criteria_published.signature is 'Ed25519 over the body by the commune''s key for evidence bundles, in base64.';
comment on column criteria_published.signer_name is 'Who published, as the name was; null where the program did for a live board.';
create index on criteria_published (commune_id, set_code, published_at, id);
create index on criteria_published (commune_id, set_code, published_at, id) where reach = 'public';
select tenant_table('criteria_published', 'select, insert');
/* Beside the tenant's own rule: what is published is read by others; the province's part only where its verb opened it. */
create policy published on criteria_published for select
  using (reach = 'public' or current_setting('app.province', true) = 'yes');
