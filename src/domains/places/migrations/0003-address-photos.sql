-- Photographs of houses and their plates, beside those of works.

alter table places_photo alter column work_id drop not null;
alter table places_photo add column address_id uuid;
alter table places_photo add foreign key (commune_id, address_id) references places_address (commune_id, id);
alter table places_photo add check (num_nonnulls(work_id, address_id) = 1);
-- A house is somebody's home: its photographs are for officials only.
alter table places_photo add check (address_id is null or not public);
comment on table places_photo is 'Photographs of works and of houses with an address. Public ones only of works, and only where an official said that nobody can be recognised.';
create index on places_photo (commune_id, address_id);
