-- Bindings that fall asleep, and what an administrator sees of the commune's staff accounts.

alter table identity_binding add column confirmed_at timestamptz not null default now();
comment on column identity_binding.confirmed_at is 'Last sign-in of the bound person. Numbers are given to new owners after some months without use: a binding not confirmed for 60 days sleeps until the 12-digit number is typed again.';
create unique index identity_binding_one_account on identity_binding (commune_id, resident_id) where ended_at is null;

set local role xa_auth;

/* The staff accounts that the commune of this transaction looks after. */
create function auth.staff_accounts()
returns table (user_id text, name text, email text, demo boolean, has_password boolean, has_second_factor boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u."id", u."name", u."email", coalesce(u."demo", false),
         exists (select from auth."account" a where a."userId" = u."id" and a."providerId" = 'credential'),
         coalesce(u."twoFactorEnabled", false)
  from auth."user" u
  where u."homeCommune" = nullif(current_setting('app.commune_id', true), '')::int
$$;

/* Whether an account may be given roles in the commune of this transaction. */
create function auth.staff_account(account text)
returns table (user_id text, name text, email text, demo boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u."id", u."name", u."email", coalesce(u."demo", false)
  from auth."user" u
  where u."id" = account and u."homeCommune" = nullif(current_setting('app.commune_id', true), '')::int
$$;

drop function auth.account_of(text);
create index on auth."user" ("homeCommune") where "homeCommune" is not null;

revoke all on function auth.staff_accounts(), auth.staff_account(text) from public;
grant execute on function auth.staff_accounts(), auth.staff_account(text) to xa_app;

reset role;
