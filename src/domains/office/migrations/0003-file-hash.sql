-- Names a content of the file store: see kernel/0004. The indexes are for the search for what no row names.
alter table office_file alter column file_hash type file_hash;
create index on office_file (commune_id, file_hash);
alter table office_scan alter column file_hash type file_hash;
create index on office_scan (commune_id, file_hash);
