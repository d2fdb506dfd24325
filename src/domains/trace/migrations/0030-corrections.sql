-- Putting right: a step or ticket that was written down wrongly is taken back by a line of its own, a pick of the
-- diary that counts no more is remembered; events that told of either are declared wrong.

create table trace_undo (
  commune_id int not null references commune,
  step_id uuid not null,
  undone_at timestamptz not null,
  undone_by text not null,
  undone_name text not null,
  reason text not null,
  primary key (commune_id, step_id),
  foreign key (commune_id, step_id) references trace_step (commune_id, id)
);
comment on table trace_undo is 'Steps and tickets that were written down wrongly. The original stays and counts no more. Append-only.';
comment on column trace_undo.undone_name is 'Who answers for it. @personal';
select tenant_table('trace_undo', 'select, insert');

create table trace_pick_undo (
  commune_id int not null references commune,
  pick_id uuid not null,
  entry_id uuid not null,
  voids boolean not null,
  at timestamptz not null,
  primary key (commune_id, pick_id)
);
comment on table trace_pick_undo is 'Picks that were sold and then put right or taken back in the diary. Append-only.';
comment on column trace_pick_undo.entry_id is 'The entry of the diary that says so.';
comment on column trace_pick_undo.voids is 'It never happened; otherwise the entry stands in its place.';
select tenant_table('trace_pick_undo', 'select, insert');

alter table trace_lot add column undone boolean not null default false;
comment on column trace_lot.undone is 'The step that made it was taken back: it never was.';
alter table trace_lot drop column state;
alter table trace_lot add column state text not null generated always as (case when undone then 'undone'
  when recalled then 'recalled' when holds > 0 then 'held' when left_g = 0 then 'used_up'
  when released_at is not null then 'released' else 'open' end) stored;
create index on trace_lot (commune_id, state) where state in ('held', 'recalled');

-- A pick is sold once; a ticket that was taken back gives it free.
alter table trace_ticket_pick drop constraint trace_ticket_pick_pkey;
alter table trace_ticket_pick add primary key (commune_id, ticket_id, pick_id);
alter table trace_ticket_pick add column undone boolean not null default false;
create unique index on trace_ticket_pick (commune_id, pick_id) where not undone;
grant update on trace_ticket_pick to xa_app;

alter table trace_hold drop constraint trace_hold_cause_check;
alter table trace_hold add constraint trace_hold_cause_check check (cause in ('interval', 'found', 'corrected'));
comment on column trace_hold.cause is 'interval: a spraying became known after the picking; found: somebody found something; corrected: the diary put a pick right that was sold.';

alter table trace_feedback add column answer text;
alter table trace_feedback add column answered_at timestamptz;
alter table trace_feedback add column answered_by text;
alter table trace_feedback add column answered_name text;
alter table trace_feedback add constraint trace_feedback_answered check ((answer is null) = (answered_at is null));
comment on column trace_feedback.answer is 'What was told to the buyer, by telephone or mail. @personal';
comment on column trace_feedback.answered_name is '@personal';
