-- Names a content of the file store: see kernel/0004. The index is for the search for what no row names.
alter table services_attachment alter column file_hash type file_hash;
create index on services_attachment (commune_id, file_hash);
