-- Names a content of the file store: see kernel/0004. The index is for the search for what no row names.
alter table places_photo alter column hash type file_hash;
create index on places_photo (commune_id, hash);
