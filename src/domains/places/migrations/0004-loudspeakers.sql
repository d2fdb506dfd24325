-- The public-address system: a cluster of loudspeakers is a work like the others, inspected and counted.
alter table places_work drop constraint places_work_kind_check;
alter table places_work add constraint places_work_kind_check
  check (kind in ('road', 'irrigation', 'transformer', 'school', 'hall', 'loudspeaker'));
