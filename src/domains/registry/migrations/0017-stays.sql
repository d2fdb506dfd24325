-- Temporary residence (tạm trú) and temporary absence (tạm vắng).

create table registry_stay (
  commune_id int not null references commune,
  id uuid not null,
  resident_id uuid not null,
  kind text not null check (kind in ('residence', 'absence')),
  hamlet_id uuid not null,
  address text,
  elsewhere text not null,
  reason text,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  demo boolean not null default false,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, id),
  foreign key (commune_id, resident_id) references registry_resident (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id),
  constraint registry_stay_one_place
    exclude using gist (uuid_hash_extended(resident_id, 0) with =, commune_id with =, daterange(from_day, to_day, '[]') with &&)
    where (num_nonnulls(resident_id) = 1)
);
comment on table registry_stay is 'People who stay in the commune for a time without belonging to a household of it (tạm trú), and members of households who are away for a time (tạm vắng). One person in one place at a time: the constraint holds it against everybody.';
comment on column registry_stay.hamlet_id is 'Where the person stays, or where the one who is away lives.';
comment on column registry_stay.address is 'House and lane inside the hamlet. @personal';
comment on column registry_stay.elsewhere is 'Where the person resides for good, or where the one who is away went. @personal';
comment on column registry_stay.reason is '@personal';
comment on column registry_stay.to_day is 'The last day of it.';
create index on registry_stay (commune_id, kind, from_day);
create index on registry_stay (commune_id, resident_id);
select tenant_table('registry_stay', 'select, insert, update');
