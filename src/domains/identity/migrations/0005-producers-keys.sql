-- A key may belong to a producer: it then holds no role, and reaches only what is that producer's own.
alter table identity_api_key add column producer_id uuid;
comment on column identity_api_key.producer_id is 'The producer (room producers, by its plain id) whose key it is; such a key has no roles.';
