-- What is on its way to the national traceability portal.

create table trace_portal (
  commune_id int not null references commune,
  lot_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'acknowledged', 'refused')),
  tries int not null default 0,
  queued_at timestamptz not null,
  tried_at timestamptz,
  reference text,
  answer text,
  primary key (commune_id, lot_id),
  foreign key (commune_id, lot_id) references trace_lot (commune_id, id)
);
comment on table trace_portal is 'Released lots that a portal is told of (NĐ 37/2026/NĐ-CP art. 23.6, 27), once the operator has set its address.';
comment on column trace_portal.state is 'waiting: not told yet; sent: taken, not yet confirmed; acknowledged: confirmed; refused: not taken, somebody has to look.';
comment on column trace_portal.reference is 'What the portal calls it.';
comment on column trace_portal.answer is 'What was said last: a refusal, or why nothing was heard.';
create index on trace_portal (commune_id, state, queued_at);
select tenant_table('trace_portal', 'select, insert, update');
