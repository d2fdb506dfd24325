-- Part of the week's calendar is for everybody; an index entry that is corrected keeps what it said before.
alter table office_entry add column public boolean not null default false;
comment on column office_entry.public is 'Everybody may read day, time, subject, place and chair; the rest stays inside.';

create table office_item_change (
  commune_id int not null references commune,
  item_id uuid not null,
  version int not null,
  at timestamptz not null,
  actor_id text not null,
  reason text not null,
  before jsonb not null,
  after jsonb not null,
  primary key (commune_id, item_id, version),
  foreign key (commune_id, item_id) references office_item (commune_id, id)
);
comment on table office_item_change is 'Corrections of the index: what an entry said before and after, why and by whom. @personal';
select tenant_table('office_item_change', 'select, insert');

alter table office_item add column version int not null default 1;
comment on column office_item.version is 'Counts the corrections.';
create index on office_item (commune_id, dossier_code);
