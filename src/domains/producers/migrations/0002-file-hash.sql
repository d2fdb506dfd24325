-- Names a content of the file store: see kernel/0004. The index is for the search for what no row names.
alter table producers_certificate alter column file_hash type file_hash;
create index on producers_certificate (commune_id, file_hash);
