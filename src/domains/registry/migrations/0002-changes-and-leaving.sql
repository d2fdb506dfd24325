-- Two clerks never overwrite each other; the end of a term is told once; one absence of an official at a time.

alter table registry_resident add column version int not null default 1;
comment on column registry_resident.version is 'Counts the changes: a form that was opened before another change is refused.';

comment on column registry_official.term_to is 'The last day in office.';
alter table registry_official add column left_told_at timestamptz;
comment on column registry_official.left_told_at is 'When the other rooms were told that the term had ended.';
