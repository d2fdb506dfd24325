-- The one-stop desk: procedures and forms as versioned data, dossiers as append-only actions with a projection.

create table services_procedure_version (
  commune_id int not null references commune,
  code text not null,
  version int not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  field text not null,
  content jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (commune_id, code, version)
);
comment on table services_procedure_version is 'Published versions of procedures; a dossier keeps the version of its day.';
comment on column services_procedure_version.valid_to is 'Last day, null while open-ended.';
select tenant_table('services_procedure_version', 'select, insert, update');

create table services_procedure_draft (
  commune_id int not null references commune,
  code text not null,
  content jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (commune_id, code)
);
comment on table services_procedure_draft is 'The version being written; publishing gives it a number and a first day.';
select tenant_table('services_procedure_draft');

create table services_form (
  commune_id int not null references commune,
  id text not null,
  version int not null,
  content jsonb not null,
  primary key (commune_id, id, version)
);
select tenant_table('services_form', 'select, insert');

create table services_counter (
  commune_id int not null references commune,
  name text not null,
  period text not null,
  last int not null,
  primary key (commune_id, name, period)
);
comment on table services_counter is 'Running numbers without gaps: dossier codes per agency and day, receipts and results per year.';
select tenant_table('services_counter', 'select, insert, update');

create table services_dossier (
  commune_id int not null references commune,
  id uuid not null,
  code text not null,
  tracking_code text not null,
  procedure_code text not null,
  procedure_version int not null,
  channel text not null check (channel in ('online', 'helper', 'counter')),
  applicant_name text not null,
  applicant_phone text,
  applicant_user_id text,
  helper_user_id text,
  resident_id uuid,
  hamlet_id uuid,
  search_text text not null,
  filed_at timestamptz not null,
  received_at timestamptz,
  state smallint not null check (state between 1 and 10),
  step smallint not null,
  assignee_id uuid,
  due_at timestamptz,
  step_due_at timestamptz,
  clock_stopped_at timestamptz,
  finished_at timestamptz,
  returned_at timestamptz,
  outcome text check (outcome in ('granted', 'refused', 'withdrawn', 'declined')),
  last_seq int not null,
  client_id text,
  primary key (commune_id, id),
  unique (commune_id, code),
  unique (commune_id, tracking_code),
  unique (commune_id, client_id),
  foreign key (commune_id, procedure_code, procedure_version)
    references services_procedure_version (commune_id, code, version)
);
comment on table services_dossier is 'A dossier as its actions leave it: a projection of the fold, kept for the queues (measured; see docs/decisions). The actions are the truth.';
comment on column services_dossier.code is 'agency-YYMMDD-NNNN, TT 01/2018/TT-VPCP art. 19.';
comment on column services_dossier.tracking_code is 'Random short code printed on the receipt: codes in sequence can be guessed, this cannot.';
comment on column services_dossier.state is 'The ten national states, 1 Mới đăng ký … 10 Đã trả kết quả.';
comment on column services_dossier.applicant_name is 'Người nộp hồ sơ. @personal';
comment on column services_dossier.applicant_phone is '@personal';
comment on column services_dossier.search_text is 'Folded name, code and phone. @personal';
comment on column services_dossier.clock_stopped_at is 'Set while the clock stands still (states 5, 6, 8).';
comment on column services_dossier.client_id is 'Made by the one who files, so that a repeated submit is the same dossier.';
create index services_dossier_queue on services_dossier (commune_id, assignee_id, due_at) where state in (1, 2, 4, 5, 6, 8);
create index services_dossier_open on services_dossier (commune_id, state, due_at) where state in (1, 2, 4, 5, 6, 8, 9);
create index services_dossier_filed on services_dossier (commune_id, filed_at desc);
create index services_dossier_phone on services_dossier (commune_id, applicant_phone);
create index services_dossier_applicant on services_dossier (commune_id, applicant_user_id, filed_at desc) where applicant_user_id is not null;
create index services_dossier_helper on services_dossier (commune_id, helper_user_id, filed_at desc) where helper_user_id is not null;
select tenant_table('services_dossier', 'select, insert, update');

create table services_dossier_word (
  commune_id int not null references commune,
  word text collate "C" not null,
  dossier_id uuid not null,
  primary key (commune_id, word, dossier_id),
  foreign key (commune_id, dossier_id) references services_dossier (commune_id, id)
);
comment on table services_dossier_word is 'The folded words of the applicant''s name: found by prefix in any order. Under row-level security a trigram index is not used (its operators are not leakproof); text comparison is.';
comment on column services_dossier_word.word is '@personal';
select tenant_table('services_dossier_word');

create table services_dossier_form (
  commune_id int not null references commune,
  dossier_id uuid not null,
  form_id text not null,
  form_version int not null,
  answers jsonb not null,
  primary key (commune_id, dossier_id),
  foreign key (commune_id, dossier_id) references services_dossier (commune_id, id)
);
comment on column services_dossier_form.answers is 'The form as filed. @personal';
select tenant_table('services_dossier_form', 'select, insert, update');

create table services_action (
  commune_id int not null references commune,
  dossier_id uuid not null,
  seq int not null,
  kind text not null,
  at timestamptz not null,
  actor_id text not null,
  official_id uuid,
  client_id text,
  data jsonb not null,
  primary key (commune_id, dossier_id, seq),
  unique (commune_id, dossier_id, client_id),
  foreign key (commune_id, dossier_id) references services_dossier (commune_id, id)
);
comment on table services_action is 'What happened to a dossier, in order; never changed. State, deadline and figures are folds of it.';
comment on column services_action.official_id is 'The official who acted, if one did.';
create index services_action_kind on services_action (commune_id, kind, at);
select tenant_table('services_action', 'select, insert');

create table services_attachment (
  commune_id int not null references commune,
  id uuid not null,
  dossier_id uuid,
  draft_id uuid,
  paper_code text,
  kind text not null check (kind in ('paper', 'result')),
  name text not null,
  file_hash text not null,
  media_type text not null,
  size int not null,
  pages int,
  added_at timestamptz not null,
  added_by text not null,
  primary key (commune_id, id),
  foreign key (commune_id, dossier_id) references services_dossier (commune_id, id),
  check (num_nonnulls(dossier_id, draft_id) = 1)
);
comment on table services_attachment is 'Files of a dossier or of a draft; the bytes lie in the content-addressed store.';
comment on column services_attachment.name is 'The name that the person''s file had. @personal';
create index on services_attachment (commune_id, dossier_id);
create index on services_attachment (commune_id, draft_id);
select tenant_table('services_attachment');

create table services_draft (
  commune_id int not null references commune,
  id uuid not null,
  key_hash bytea not null,
  user_id text,
  on_behalf jsonb,
  procedure_code text not null,
  procedure_version int not null,
  answers jsonb not null,
  page text,
  changed_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, procedure_code, procedure_version)
    references services_procedure_version (commune_id, code, version)
);
comment on table services_draft is 'A form that is being filled; resumed by its owner, or without signing in by the secret in its cookie.';
comment on column services_draft.answers is '@personal';
comment on column services_draft.key_hash is 'sha256 of the secret that opens the draft.';
create index on services_draft (commune_id, user_id);
select tenant_table('services_draft');

create table services_mandate (
  commune_id int not null references commune,
  id uuid not null,
  helper_user_id text not null,
  person_name text not null,
  person_phone text not null,
  resident_id uuid,
  scope text not null,
  evidence text not null,
  recorded_by text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  ended_at timestamptz,
  primary key (commune_id, id)
);
comment on table services_mandate is 'Who may file for whom, for how long, and how that was proved. The person is told by SMS of every use.';
comment on column services_mandate.person_name is '@personal';
comment on column services_mandate.person_phone is '@personal';
create index on services_mandate (commune_id, helper_user_id);
select tenant_table('services_mandate', 'select, insert, update');

create table services_result (
  commune_id int not null references commune,
  dossier_id uuid not null,
  number text not null,
  issued_on date not null,
  signer_id uuid,
  signer_name text not null,
  medium text not null check (medium in ('paper', 'electronic')),
  attachment_id uuid,
  check_token text not null,
  primary key (commune_id, dossier_id),
  unique (commune_id, check_token),
  foreign key (commune_id, dossier_id) references services_dossier (commune_id, id),
  foreign key (commune_id, attachment_id) references services_attachment (commune_id, id)
);
comment on column services_result.check_token is 'Random; the QR on the paper holds it. The public check says genuine or not, nothing more.';
select tenant_table('services_result', 'select, insert, update');

create table services_slip (
  commune_id int not null references commune,
  dossier_id uuid not null,
  token_hash bytea not null,
  used_at timestamptz,
  primary key (commune_id, dossier_id),
  unique (commune_id, token_hash),
  foreign key (commune_id, dossier_id) references services_dossier (commune_id, id)
);
comment on table services_slip is 'One satisfaction slip for every dossier; whether it was used, never what it said.';
select tenant_table('services_slip', 'select, insert, update');

create table services_rating (
  commune_id int not null references commune,
  id uuid not null,
  rated_on date not null,
  way text not null check (way in ('link', 'tablet', 'paper')),
  procedure_code text not null,
  unit text not null,
  official_id uuid,
  scores jsonb not null,
  comment text,
  primary key (commune_id, id)
);
comment on table services_rating is 'What a slip said. No dossier, no person, no time of day: a rating never leads to who gave it (NĐ 224/2026 art. 10.3).';
comment on column services_rating.scores is 'Index → 0, 1, 2 (TT 01/2018/TT-VPCP art. 13); an index that was not answered is missing.';
create index on services_rating (commune_id, rated_on);
select tenant_table('services_rating', 'select, insert');
