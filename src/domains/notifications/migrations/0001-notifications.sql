-- What was told to whom, by which channel, and what failed; what people and the commune prefer; how messages are worded.

create table notifications_message (
  commune_id int not null references commune,
  id uuid not null,
  event text not null,
  dedupe_key text not null,
  user_id text,
  resident_id uuid,
  phone text,
  email text,
  locale text not null check (locale in ('vi', 'en')),
  wording text not null,
  params jsonb not null,
  sealed bytea,
  expires_at timestamptz,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (commune_id, id),
  unique (commune_id, dedupe_key)
);
comment on table notifications_message is 'One thing told to one person. With a user_id it is in that person''s inbox; deliveries carry it to phone and e-mail.';
comment on column notifications_message.dedupe_key is 'Event, the caller''s key and the person: one event never notifies the same person twice.';
comment on column notifications_message.phone is 'In +84 form. @personal';
comment on column notifications_message.email is 'E-mail address. @personal';
comment on column notifications_message.wording is 'Which words were used: catalog:<version>, or the id of the commune''s own template.';
comment on column notifications_message.params is 'What the template is filled with, already shortened; secrets (one-time codes) stand as dots. @personal';
comment on column notifications_message.sealed is 'Secret parameters, encrypted for this message alone; erased as soon as it was sent, has failed or expired.';
comment on column notifications_message.expires_at is 'After this instant it is no longer sent (one-time codes).';
create index on notifications_message (commune_id, created_at desc, id desc);
create index on notifications_message (commune_id, user_id, created_at desc) where user_id is not null;
create index on notifications_message (commune_id, user_id) where user_id is not null and read_at is null;
create index on notifications_message (commune_id, phone) where phone is not null;
select tenant_table('notifications_message');

create table notifications_delivery (
  commune_id int not null references commune,
  id uuid not null,
  message_id uuid not null,
  channel text not null check (channel in ('zns', 'sms', 'email')),
  demo boolean not null default false,
  state text not null check (state in ('queued', 'held', 'sending', 'sent', 'failed')),
  attempts int not null default 0,
  not_before timestamptz not null,
  error_code text,
  error_text text,
  provider_id text,
  changed_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, message_id, channel),
  foreign key (commune_id, message_id) references notifications_message (commune_id, id)
);
comment on table notifications_delivery is 'A message on its way through one channel.';
comment on column notifications_delivery.demo is 'Nobody was written to: the text stands in the demo outbox.';
comment on column notifications_delivery.state is 'held waits for the end of quiet hours; sending is between the first and the second note of one attempt.';
comment on column notifications_delivery.error_text is 'The provider''s own words, shortened, for the staff.';
comment on column notifications_delivery.provider_id is 'The provider''s number for the message, to ask them about it.';
create index on notifications_delivery (commune_id, changed_at) where state in ('queued', 'held', 'sending');
create index on notifications_delivery (commune_id, changed_at desc) where state = 'failed';
select tenant_table('notifications_delivery');

create table notifications_preference (
  commune_id int not null references commune,
  user_id text not null,
  zns boolean not null,
  sms boolean not null,
  email boolean not null,
  locale text check (locale in ('vi', 'en')),
  changed_at timestamptz not null,
  primary key (commune_id, user_id)
);
comment on table notifications_preference is 'Which channels a person wants; the inbox is always written. One-time codes do not ask.';
select tenant_table('notifications_preference');

create table notifications_template (
  commune_id int not null references commune,
  id uuid not null,
  event text not null,
  locale text not null check (locale in ('vi', 'en')),
  title text not null,
  body text not null,
  sms text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  made_by text not null,
  primary key (commune_id, id)
);
comment on table notifications_template is 'A commune''s own words for an event. A change is a new row: what was sent keeps its words.';
create unique index notifications_template_one_open on notifications_template (commune_id, event, locale) where valid_to is null;
select tenant_table('notifications_template', 'select, insert, update');

create table notifications_setting (
  commune_id int not null references commune,
  quiet_from text not null check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_to text not null check (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (commune_id)
);
comment on table notifications_setting is 'Quiet hours of the commune, local HH:MM; equal ends mean none. Without a row: 21:00 to 07:00.';
select tenant_table('notifications_setting');

create table notifications_vault (
  commune_id int not null references commune,
  name text not null,
  sealed bytea not null,
  expires_at timestamptz,
  refreshing_since timestamptz,
  changed_at timestamptz not null,
  primary key (commune_id, name)
);
comment on table notifications_vault is 'Tokens that providers hand out and change (Zalo''s one-time refresh tokens), encrypted by a key that is not in the database.';
comment on column notifications_vault.refreshing_since is 'Somebody is exchanging the token now: a refresh token works once, so nobody else may try.';
select tenant_table('notifications_vault');
