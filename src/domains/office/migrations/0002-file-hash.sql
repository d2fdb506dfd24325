-- Names a content of the file store: see kernel/0003. The index is for the search for what no row names.
alter table office_file alter column file_hash type file_hash;
create index on office_file (commune_id, file_hash);
