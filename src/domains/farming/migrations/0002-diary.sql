-- The diary of plots. Entries are only ever added: one that puts another right names it, and the other counts no more.

create table farming_technician (
  commune_id int not null references commune,
  id uuid not null,
  producer_id uuid not null,
  user_id text not null,
  name text not null,
  from_day date not null,
  last_day date check (last_day >= from_day),
  created_at timestamptz not null,
  primary key (commune_id, id)
);
comment on table farming_technician is 'Who keeps diaries for the members of a producer (cán bộ kỹ thuật của tổ), from when to when.';
comment on column farming_technician.user_id is 'A sign-in of the identity room.';
comment on column farming_technician.name is 'As it stands on labels and entries. @personal';
create index on farming_technician (commune_id, user_id);
select tenant_table('farming_technician', 'select, insert, update');

create table farming_stock (
  commune_id int not null references commune,
  id uuid not null,
  household_id uuid,
  producer_id uuid,
  product_code text not null,
  lot text,
  bought_on date not null,
  quantity numeric(12, 3) not null check (quantity > 0),
  unit text not null,
  supplier text,
  expiry date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, id),
  check (num_nonnulls(household_id, producer_id) = 1)
);
comment on table farming_stock is 'Inputs that were bought, lot by lot; what is left follows from the entries that name the lot.';
comment on column farming_stock.household_id is 'A household of the registry room, by its plain id. @personal';
create index on farming_stock (commune_id, household_id);
select tenant_table('farming_stock', 'select, insert');

create table farming_label (
  commune_id int not null references commune,
  id uuid not null,
  product_code text not null,
  phi_days int not null check (phi_days between 0 and 365),
  dose text,
  photo_hash file_hash not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  recorded_name text not null,
  primary key (commune_id, id)
);
comment on table farming_label is 'The label of a product as a named technician read it: lifts an interval that was not known. The newest counts.';
comment on column farming_label.recorded_name is 'Who read the label. @personal';
create index on farming_label (commune_id, product_code, recorded_at);
create index on farming_label (commune_id, photo_hash);
select tenant_table('farming_label', 'select, insert');

create table farming_entry (
  commune_id int not null references commune,
  id uuid not null,
  kind text not null check (kind in ('care', 'fertilise', 'spray', 'irrigate', 'pick', 'other')),
  happened_at timestamptz not null,
  happened_on date not null,
  recorded_at timestamptz not null,
  received_at timestamptz not null,
  actor text not null,
  household_id uuid,
  producer_id uuid,
  by_technician boolean not null,
  device_id uuid,
  details jsonb not null,
  corrects uuid,
  voids boolean not null default false,
  remarks jsonb not null default '[]',
  fingerprint text not null,
  primary key (commune_id, id),
  foreign key (commune_id, corrects) references farming_entry (commune_id, id),
  unique (commune_id, corrects),
  check (num_nonnulls(household_id, producer_id) = 1),
  check (not voids or corrects is not null)
);
comment on table farming_entry is 'What was done on plots. The id is made on the phone: the same id is the same entry. Append-only.';
comment on column farming_entry.recorded_at is 'By the phone''s clock.';
comment on column farming_entry.household_id is 'Whose plots they are: a household of the registry room, by its plain id. @personal';
comment on column farming_entry.by_technician is 'Written on behalf of the household.';
comment on column farming_entry.details is 'As src/domains/farming/diary/entry.ts describes them for the kind; weights in grams.';
comment on column farming_entry.corrects is 'The entry that counts no more because of this one; each is put right once.';
comment on column farming_entry.remarks is 'What the rules did not know when it was accepted: [{code, params}].';
comment on column farming_entry.fingerprint is 'SHA-256 of what was sent: another content under the same id is refused.';
create index on farming_entry (commune_id, household_id, happened_on);
create index on farming_entry (commune_id, kind, happened_on);
create index on farming_entry (commune_id, (details->>'stock_id')) where details->>'stock_id' is not null;
select tenant_table('farming_entry', 'select, insert');

create table farming_entry_plot (
  commune_id int not null references commune,
  entry_id uuid not null,
  plot_id uuid not null,
  primary key (commune_id, entry_id, plot_id),
  foreign key (commune_id, entry_id) references farming_entry (commune_id, id),
  foreign key (commune_id, plot_id) references farming_plot (commune_id, id)
);
comment on table farming_entry_plot is 'The plots that an entry is about.';
create index on farming_entry_plot (commune_id, plot_id);
select tenant_table('farming_entry_plot', 'select, insert');

create table farming_refusal (
  commune_id int not null references commune,
  id uuid not null,
  entry_id uuid,
  entry_json text not null,
  fingerprint text not null,
  codes jsonb not null,
  final boolean not null,
  at timestamptz not null,
  actor text not null,
  device_id uuid,
  household_id uuid,
  blocked_plots uuid[] not null default '{}',
  happened_at timestamptz,
  product_code text,
  settled_at timestamptz,
  settled_by text,
  settled_note text,
  settled_until date,
  primary key (commune_id, id),
  unique nulls not distinct (commune_id, entry_id, actor, fingerprint)
);
comment on table farming_refusal is 'Every entry that was refused, whole, with the reasons.';
comment on column farming_refusal.entry_json is 'As it was sent; text, for it may hold what jsonb cannot. @personal';
comment on column farming_refusal.final is 'The same entry is refused again; otherwise it is judged anew when it comes again.';
comment on column farming_refusal.household_id is 'Whose diary it was meant for. @personal';
comment on column farming_refusal.blocked_plots is 'A spraying was reported and refused: nothing is picked there before someone settles what was done.';
comment on column farming_refusal.settled_until is 'The first day on which may be picked again, as whoever settled it found.';
create index on farming_refusal using gin (blocked_plots);
create index on farming_refusal (commune_id, household_id);
select tenant_table('farming_refusal', 'select, insert, update');

create table farming_device (
  commune_id int not null references commune,
  id uuid not null,
  user_id text not null,
  name text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  shut_out_at timestamptz,
  shut_out_by text,
  primary key (commune_id, id, user_id)
);
comment on table farming_device is 'Phones on which somebody keeps a diary. The id is made on the phone; several people may share one phone.';
comment on column farming_device.name is 'What its owner calls it. @personal';
comment on column farming_device.shut_out_at is 'Lost: nothing comes from it any more, and nothing is told to it.';
create index on farming_device (commune_id, user_id);
select tenant_table('farming_device', 'select, insert, update');

create table farming_photo (
  commune_id int not null references commune,
  entry_id uuid not null,
  id uuid not null,
  size int not null check (size between 1 and 20000000),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  taken_at timestamptz,
  lat numeric(8, 5),
  lng numeric(8, 5),
  begun_at timestamptz not null,
  actor text not null,
  hash file_hash,
  type text,
  kept_size int,
  kept_at timestamptz,
  primary key (commune_id, id),
  foreign key (commune_id, entry_id) references farming_entry (commune_id, id),
  check (num_nonnulls(hash, type, kept_size, kept_at) in (0, 4))
);
comment on table farming_photo is 'Photos of entries; they come in pieces, for the phone loses its connection.';
comment on column farming_photo.digest is 'SHA-256 of the bytes as the phone sends them; what is kept was made anew, without what cameras write into photos.';
comment on column farming_photo.hash is 'Null until the last byte has come.';
create index on farming_photo (commune_id, entry_id);
create index on farming_photo (commune_id, hash);
select tenant_table('farming_photo', 'select, insert, update');

create table farming_photo_piece (
  commune_id int not null references commune,
  photo_id uuid not null,
  at_byte int not null check (at_byte >= 0),
  bytes bytea not null,
  primary key (commune_id, photo_id, at_byte),
  foreign key (commune_id, photo_id) references farming_photo (commune_id, id)
);
comment on table farming_photo_piece is 'Pieces of photos that are under way; gone when the photo is whole.';
select tenant_table('farming_photo_piece', 'select, insert, delete');
