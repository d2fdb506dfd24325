-- An electronic result is told from a scan by what its signatures were when it came in.
alter table services_attachment add column signature jsonb;
comment on column services_attachment.signature is '@personal When it was checked, and by signature the certificate''s holder, issuer and number and the claimed time; null where none was checked.';
