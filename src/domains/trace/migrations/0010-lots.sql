-- Tea lots from the weighing point to the pack: what was bought, what was made of what, what was held, released,
-- called back, labelled and scanned. Weights are whole grams.

create table trace_product (
  commune_id int not null references commune,
  id uuid not null,
  producer_id uuid not null,
  hamlet_id uuid,
  kind text not null check (kind in ('leaf', 'process', 'dry', 'pack')),
  gtin text collate "C" not null check (gtin ~ '^[0-9]{14}$'),
  own_code boolean not null,
  name text not null,
  name_en text,
  grade text,
  standard text not null default 'none' check (standard in ('organic', 'organic_conversion', 'vietgap', 'none')),
  net_g int check (net_g > 0),
  shelf_months int check (shelf_months between 1 and 60),
  brand text,
  maker_name text not null,
  maker_address text,
  rules text,
  story text,
  story_en text,
  file_hash file_hash,
  file_type text,
  last_day date,
  version int not null default 1,
  demo boolean not null default false,
  created_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, gtin),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table trace_product is 'What a producer makes: what its lots are called, and what a label says of them.';
comment on column trace_product.producer_id is 'A producer of the producers room, by its plain id.';
comment on column trace_product.gtin is '14 digits: the producer''s own GTIN, or a number of restricted circulation (GS1: begins with 2) that holds under the commune''s address only.';
comment on column trace_product.own_code is 'The number is the commune''s own, not a GTIN.';
comment on column trace_product.standard is 'What its label says; a lot that is worth less cannot be packed as it.';
comment on column trace_product.maker_name is 'As the label says it (NĐ 37/2026/NĐ-CP art. 23.5).';
comment on column trace_product.rules is 'Standards and technical rules that apply, as the maker declared them.';
comment on column trace_product.file_hash is 'The picture.';
create index on trace_product (commune_id, producer_id);
create index on trace_product (commune_id, file_hash);
-- One name of its own for each kind of tea in the house, made when it is first needed.
create unique index on trace_product (commune_id, producer_id, kind) where own_code and kind <> 'pack';
select tenant_table('trace_product', 'select, insert, update');

create table trace_lot (
  commune_id int not null references commune,
  id uuid not null,
  code text collate "C" not null check (code ~ '^[A-Z0-9-]{1,20}$'),
  kind text not null check (kind in ('leaf', 'process', 'dry', 'pack')),
  producer_id uuid not null,
  hamlet_id uuid,
  product_id uuid not null,
  made_at timestamptz not null,
  made_on date not null,
  best_before date,
  made_g bigint not null check (made_g > 0),
  left_g bigint not null check (left_g between 0 and made_g),
  fresh_g bigint not null check (fresh_g >= 0),
  fresh_left_g bigint not null check (fresh_left_g between 0 and fresh_g),
  standard text not null,
  grade text not null,
  moisture_tenths int,
  holds int not null default 0 check (holds >= 0),
  recalled boolean not null default false,
  released_at timestamptz,
  state text not null generated always as (case when recalled then 'recalled' when holds > 0 then 'held'
    when left_g = 0 then 'used_up' when released_at is not null then 'released' else 'open' end) stored,
  demo boolean not null default false,
  primary key (commune_id, id),
  unique (commune_id, code),
  foreign key (commune_id, product_id) references trace_product (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table trace_lot is 'A lot of tea. What is left and what holds it are kept beside the steps: the row is locked by whoever takes from it, and the checks hold the balance.';
comment on column trace_lot.code is 'ASCII, legal in AI (10), read over the phone; never changes, never given twice.';
comment on column trace_lot.fresh_g is 'The fresh leaf behind it: divided and joined with the tea, to the gram.';
comment on column trace_lot.standard is 'The least of its sources on the day of picking.';
comment on column trace_lot.grade is 'The least fine plucking of its sources, or what it was sorted down to.';
comment on column trace_lot.holds is 'Holds that are not lifted.';
comment on column trace_lot.recalled is 'A recall that has not ended names it.';
create index on trace_lot (commune_id, made_on desc, id);
create index on trace_lot (commune_id, producer_id, made_on desc);
create index on trace_lot (commune_id, state) where state in ('held', 'recalled');
select tenant_table('trace_lot', 'select, insert, update');

create table trace_source (
  commune_id int not null references commune,
  lot_id uuid not null,
  plot_id uuid not null,
  picked_on date not null,
  picked_at timestamptz not null,
  standard text not null,
  certificate_ids uuid[] not null default '{}',
  pick_id uuid,
  primary key (commune_id, lot_id, plot_id, picked_on),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on table trace_source is 'The plots and days from which a lot of fresh leaf was picked.';
comment on column trace_source.plot_id is 'A plot of the farming room, by its plain id.';
comment on column trace_source.pick_id is 'The entry of the diary; null where the seller declared it.';
create index on trace_source (commune_id, plot_id, picked_on);
select tenant_table('trace_source', 'select, insert');

create table trace_ticket (
  commune_id int not null references commune,
  id uuid not null,
  code text collate "C" not null,
  lot_id uuid not null,
  producer_id uuid not null,
  basis text not null check (basis in ('picks', 'declaration')),
  seller_household_id uuid,
  seller_name text not null,
  weighed_at timestamptz not null,
  picked_on date not null,
  grade text not null,
  gross_g bigint not null check (gross_g > 0),
  tare_g bigint not null check (tare_g >= 0),
  net_g bigint not null generated always as (gross_g - tare_g) stored check (gross_g > tare_g),
  price_per_kg bigint not null check (price_per_kg >= 0),
  amount bigint not null check (amount >= 0),
  pay_by date,
  paid_at timestamptz,
  paid_by text,
  note text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, id),
  unique (commune_id, code),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on table trace_ticket is 'Purchases of fresh leaf at the weighing point; each makes one lot of leaf.';
comment on column trace_ticket.id is 'Made by the sender: the same ticket sent twice is one ticket.';
comment on column trace_ticket.basis is 'Picks of the diary, or what the seller declared (plots and day).';
comment on column trace_ticket.seller_name is 'As told. @personal';
comment on column trace_ticket.price_per_kg is 'Whole đồng for a kilogram.';
comment on column trace_ticket.amount is 'Whole đồng.';
create index on trace_ticket (commune_id, lot_id);
create index on trace_ticket (commune_id, weighed_at desc, id);
create index on trace_ticket (commune_id, pay_by) where paid_at is null;
select tenant_table('trace_ticket', 'select, insert, update');

create table trace_ticket_pick (
  commune_id int not null references commune,
  pick_id uuid not null,
  ticket_id uuid not null,
  primary key (commune_id, pick_id),
  foreign key (commune_id, ticket_id) references trace_ticket (commune_id, id)
);
comment on table trace_ticket_pick is 'The picks of a ticket; a pick is sold once.';
create index on trace_ticket_pick (commune_id, ticket_id);
select tenant_table('trace_ticket_pick', 'select, insert');

create table trace_step (
  commune_id int not null references commune,
  id uuid not null,
  kind text not null,
  happened_at timestamptz not null,
  evidence jsonb not null default '{}',
  note text,
  buyer text,
  order_ref text,
  file_hash file_hash,
  file_type text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, id)
);
comment on table trace_step is 'What was done to lots. Append-only.';
comment on column trace_step.id is 'Made by the sender: the same step sent twice is one step.';
comment on column trace_step.evidence is 'Temperature °C, minutes, moisture in tenths of a per cent.';
comment on column trace_step.buyer is 'To whom it was shipped. @personal';
comment on column trace_step.file_hash is 'A photo of it.';
create index on trace_step (commune_id, recorded_at);
create index on trace_step (commune_id, file_hash);
select tenant_table('trace_step', 'select, insert');

create table trace_step_lot (
  commune_id int not null references commune,
  step_id uuid not null,
  side text not null check (side in ('in', 'out')),
  lot_id uuid not null,
  g bigint not null check (g > 0),
  fresh_g bigint not null check (fresh_g >= 0),
  primary key (commune_id, step_id, side, lot_id),
  foreign key (commune_id, step_id) references trace_step (commune_id, id),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on table trace_step_lot is 'The lots of a step, in and out, in grams: the genealogy.';
create index on trace_step_lot (commune_id, lot_id, side);
select tenant_table('trace_step_lot', 'select, insert');

create table trace_hold (
  commune_id int not null references commune,
  id uuid not null,
  lot_id uuid not null,
  cause text not null check (cause in ('interval', 'found')),
  cause_key text not null,
  reason text,
  placed_at timestamptz not null,
  placed_by text not null,
  lifted_at timestamptz,
  lifted_by text,
  lifted_name text,
  lift_reason text,
  primary key (commune_id, id),
  unique (commune_id, lot_id, cause, cause_key),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on table trace_hold is 'What keeps a lot from being used, labelled or sold, until a named person lifts it with a reason.';
comment on column trace_hold.cause is 'interval: a spraying became known after the picking; found: somebody found something.';
comment on column trace_hold.cause_key is 'The entry of the diary, or the hold''s own group: the same cause holds a lot once.';
comment on column trace_hold.lifted_name is 'Who answers for it. @personal';
select tenant_table('trace_hold', 'select, insert, update');

create table trace_recall (
  commune_id int not null references commune,
  id uuid not null,
  code text collate "C" not null,
  reason text not null,
  public_vi text not null,
  public_en text,
  started_at timestamptz not null,
  started_by text not null,
  started_name text not null,
  ended_at timestamptz,
  ended_by text,
  ended_name text,
  end_reason text,
  primary key (commune_id, id),
  unique (commune_id, code)
);
comment on table trace_recall is 'Recalls: named lots and all that was made of them are called back.';
comment on column trace_recall.public_vi is 'What buyers read when they scan a pack.';
comment on column trace_recall.started_name is 'Who answers for it. @personal';
comment on column trace_recall.ended_name is '@personal';
select tenant_table('trace_recall', 'select, insert, update');

create table trace_recall_lot (
  commune_id int not null references commune,
  recall_id uuid not null,
  lot_id uuid not null,
  named boolean not null,
  primary key (commune_id, recall_id, lot_id),
  foreign key (commune_id, recall_id) references trace_recall (commune_id, id),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on column trace_recall_lot.named is 'Named by whoever called back; otherwise made of such a lot.';
create index on trace_recall_lot (commune_id, lot_id);
select tenant_table('trace_recall_lot', 'select, insert');

create table trace_release (
  commune_id int not null references commune,
  id uuid not null,
  lot_id uuid not null,
  released_at timestamptz not null,
  released_by text not null,
  released_name text not null,
  findings jsonb not null,
  reason text,
  primary key (commune_id, id),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on table trace_release is 'Lots whose labels may be printed, with what spoke against it and who took it upon himself why.';
comment on column trace_release.released_name is '@personal';
comment on column trace_release.findings is '[{code, weight}] at that moment.';
create index on trace_release (commune_id, lot_id);
select tenant_table('trace_release', 'select, insert');

create table trace_lot_test (
  commune_id int not null references commune,
  id uuid not null,
  lot_id uuid not null,
  sampled_on date not null,
  laboratory text not null,
  number text,
  values jsonb not null default '[]',
  passed boolean not null,
  valid_to date check (valid_to >= sampled_on),
  file_hash file_hash,
  file_type text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, id),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on table trace_lot_test is 'What a laboratory found in a lot. Counts for what was made of it as well.';
comment on column trace_lot_test.values is '[{what, value, unit, limit}] as the report states them.';
create index on trace_lot_test (commune_id, lot_id);
create index on trace_lot_test (commune_id, file_hash);
select tenant_table('trace_lot_test', 'select, insert');

create table trace_label_run (
  commune_id int not null references commune,
  id uuid not null,
  lot_id uuid not null,
  paper text not null,
  serialised boolean not null,
  count int not null check (count between 1 and 5000),
  reprint_of uuid,
  reason text,
  printed_at timestamptz not null,
  printed_by text not null,
  printed_name text not null,
  primary key (commune_id, id),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id),
  foreign key (commune_id, reprint_of) references trace_label_run (commune_id, id),
  check ((reprint_of is null) = (reason is null))
);
comment on table trace_label_run is 'Label sheets that were printed; a reprint names the first print and says why.';
comment on column trace_label_run.printed_name is '@personal';
create index on trace_label_run (commune_id, lot_id);
select tenant_table('trace_label_run', 'select, insert');

create table trace_serial (
  commune_id int not null references commune,
  lot_id uuid not null,
  serial text collate "C" not null check (serial ~ '^[A-Z0-9]{1,20}$'),
  run_id uuid not null,
  primary key (commune_id, lot_id, serial),
  foreign key (commune_id, run_id) references trace_label_run (commune_id, id)
);
comment on table trace_serial is 'The serial numbers that labels were printed with: by chance, so that none can be guessed from another.';
create index on trace_serial (commune_id, run_id);
select tenant_table('trace_serial', 'select, insert');

create table trace_scan (
  commune_id int not null references commune,
  lot_id uuid not null,
  serial text collate "C" not null default '',
  day date not null,
  scans int not null,
  places bigint not null default 0,
  primary key (commune_id, lot_id, serial, day),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on table trace_scan is 'How often a lot or pack was looked up on a day. Nothing of who did it.';
comment on column trace_scan.places is 'Of 63 marks those that were hit: a rough count of different networks, from which no address can be read back.';
select tenant_table('trace_scan', 'select, insert, update');

create table trace_feedback (
  commune_id int not null references commune,
  id uuid not null,
  lot_id uuid not null,
  serial text,
  body text not null,
  contact text,
  sent_at timestamptz not null,
  read_at timestamptz,
  read_by text,
  primary key (commune_id, id),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on table trace_feedback is 'What buyers wrote to the producer of a lot.';
comment on column trace_feedback.body is '@personal';
comment on column trace_feedback.contact is '@personal';
create index on trace_feedback (commune_id, lot_id);
create index on trace_feedback (commune_id, sent_at desc);
select tenant_table('trace_feedback', 'select, insert, update');

create table trace_derived (
  commune_id int not null references commune,
  about text collate "C" not null,
  derived_at timestamptz not null,
  primary key (commune_id, about)
);
comment on table trace_derived is 'What events were derived from already: step:<id>, hold:<id>, recall:<id> …';
select tenant_table('trace_derived', 'select, insert');
