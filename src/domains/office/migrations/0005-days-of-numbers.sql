-- Numbers of a book follow the order of time (NĐ 30/2020/NĐ-CP art. 15, 22), also for two who write around midnight.
alter table office_counter add column last_on date;
comment on column office_counter.last_on is 'The day of the last number; null before the first number that kept it.';
alter table office_document add column arrived_on date;
comment on column office_document.arrived_on is 'Documents in: the day of arrival as the book has it; null for those registered before the book kept it.';
