-- Whoever reads the list of mandates must see who helps whom: accounts are global and bear no proven name.
alter table services_mandate
  add column helper_name text not null default '',
  add column helper_phone text not null default '',
  add column search_text text not null default '';
comment on column services_mandate.helper_name is '@personal As the paper says.';
comment on column services_mandate.helper_phone is '@personal In +84 form; under it the helper signs in.';
comment on column services_mandate.search_text is '@personal Both names and numbers, folded, to be searched.';
create index on services_mandate (commune_id, valid_from);
