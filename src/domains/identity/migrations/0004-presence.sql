-- On which days somebody signed in: what "officials active" counts. The audit record says it too, but its detail may be erased and it is not made to be counted.

create table identity_presence (
  commune_id int not null references commune,
  user_id text not null,
  day date not null,
  primary key (commune_id, user_id, day)
);
comment on table identity_presence is 'A day on which an account signed in to this commune; the hour is not kept.';
select tenant_table('identity_presence', 'select, insert');
