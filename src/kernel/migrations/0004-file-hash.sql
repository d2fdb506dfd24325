-- The type of every column that names a content of the file store. What no such column names is taken out of the store
-- (src/app/file-sweep.ts): a column of another type does not keep its file alive.
create domain file_hash as text check (value ~ '^[0-9a-f]{64}$');
comment on domain file_hash is 'sha256 of a content in the file store, 64 lower-case hex digits.';
