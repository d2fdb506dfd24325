-- Where a hamlet lies and meets: its boundary and its hall. What was before stays.

create table commune_hamlet_boundary (
  commune_id int not null references commune,
  id uuid not null,
  hamlet_id uuid not null,
  shape jsonb not null,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table commune_hamlet_boundary is 'Boundaries of hamlets, the newest holds; WGS 84, checked when they came. Not an official cadastral line.';
comment on column commune_hamlet_boundary.shape is 'Coordinates of a GeoJSON MultiPolygon, longitude first.';
create index on commune_hamlet_boundary (commune_id, hamlet_id, recorded_at);
select tenant_table('commune_hamlet_boundary', 'select, insert');

alter table commune_hamlet add column hall text;
comment on column commune_hamlet.hall is 'Where the hamlet meets (nhà văn hoá): name and place in words.';
