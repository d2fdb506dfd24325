-- Swap days know the day they stand for, desks their own hours, hamlets their former names and successors; readers' caches know when to look again.

alter table commune_special_day add column swap_for date;
comment on column commune_special_day.swap_for is 'For a worked day: the day off it stands for, whose office hours it takes.';
comment on column commune_special_day.mark is 'How sure the source is: F found, F? second-hand, MS known but not checked, MU not certain.';
comment on column commune_special_day.decreed_on is 'The day of the official letter; swap days often come after deadlines were promised.';

alter table commune_office_hours add column desk jsonb;
comment on column commune_office_hours.desk is 'When the desk receives people, where that differs from the working hours (some open on Saturday morning for reception only); written like week.';

alter table commune_hamlet add column successor_id uuid;
alter table commune_hamlet add foreign key (commune_id, successor_id) references commune_hamlet (commune_id, id);
comment on column commune_hamlet.valid_to is 'The last day on which the hamlet existed.';
comment on column commune_hamlet.successor_id is 'The hamlet that an ended one became part of.';

create table commune_hamlet_name (
  commune_id int not null references commune,
  id uuid not null,
  hamlet_id uuid not null,
  name text not null,
  valid_to date not null,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table commune_hamlet_name is 'Former names of hamlets, so that people and old papers still find them.';
comment on column commune_hamlet_name.valid_to is 'The last day on which the name held.';
create index on commune_hamlet_name (commune_id, hamlet_id);
select tenant_table('commune_hamlet_name');

create table commune_version (
  commune_id int not null references commune,
  subject text not null check (subject in ('calendar', 'site')),
  version uuid not null,
  primary key (commune_id, subject)
);
comment on table commune_version is 'Changes with every change of the calendar or of what every page shows, in the same transaction: whoever keeps a copy in memory compares.';
select tenant_table('commune_version');
