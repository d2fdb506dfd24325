-- A number stands once in a book and year: each procedure has its own book, whether numbers come by hand or by count.
alter table services_result add column book text not null default '';
update services_result r set book = d.procedure_code
  from services_dossier d where d.commune_id = r.commune_id and d.id = r.dossier_id;
comment on column services_result.book is 'The code of the procedure.';
create unique index services_result_number on services_result (commune_id, book, number, extract(year from issued_on));
