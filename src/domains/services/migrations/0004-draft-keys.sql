-- A browser's drafts are found by its key before anybody signs in; old ones are swept by their day.
create index on services_draft (commune_id, key_hash);
create index on services_draft (commune_id, expires_at);
