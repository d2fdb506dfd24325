-- Staff look for what was told about one dossier.
create index on notifications_message (commune_id, (params ->> 'code')) where params ? 'code';
