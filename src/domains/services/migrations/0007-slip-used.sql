-- When a slip came in, beside the day and the official of a rating, leads to the dossier where few come in a day:
-- only that it was used is kept. The type is changed in place because that rewrites the rows; a dropped column stays in them.
alter table services_slip alter column used_at type boolean using used_at is not null;
alter table services_slip alter column used_at set default false, alter column used_at set not null;
alter table services_slip rename column used_at to used;
comment on column services_slip.used is 'Not when: the time would lead from a rating to its dossier (NĐ 224/2026 art. 10.3).';
