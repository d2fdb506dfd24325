-- Sign-in: people, their sessions, passwords, second factors and one-time codes. Global, so without commune_id, in a
-- schema of their own whose tables only xa_auth can reach. The application comes in by the four functions below.

set local role xa_auth;
set local search_path = auth;

-- The first five tables are those of better-auth 1.7.25 (its names, in camel case), with two fields of ours in "user", one in "session".
create table "user" (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null,
  "phoneNumber" text unique,
  "phoneNumberVerified" boolean,
  "twoFactorEnabled" boolean,
  "homeCommune" integer,
  "demo" boolean
);
comment on column "user"."homeCommune" is 'The commune whose administrator looks after this staff account (new links, second factor). Null for citizens.';
comment on column "user"."demo" is 'A published demo account: refused wherever a real commune exists.';

create table "session" (
  "id" text not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references "user" ("id") on delete cascade,
  "secondFactor" boolean
);
create index on "session" ("userId");
comment on column "session"."secondFactor" is 'The person proved two factors when this session began; without it no role counts.';

create table "account" (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references "user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  unique ("providerId", "accountId")
);
create index on "account" ("userId");

create table "verification" (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);
create index on "verification" ("identifier");

create table "twoFactor" (
  "id" text not null primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null unique references "user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);

create table one_time_code (
  request text primary key,
  phone text not null,
  hash bytea not null,
  expires_at timestamptz not null,
  tries int not null default 0,
  used_at timestamptz
);
create index on one_time_code (expires_at);
comment on table one_time_code is 'Codes sent to phones. The request is a random token known only to the browser that asked, so nobody can use up or guess at another''s code.';
comment on column one_time_code.hash is 'HMAC-SHA256 of request and code under the installation''s secret: a code has only a million values.';

create table spent_totp (
  user_id text not null references "user" ("id") on delete cascade,
  hash bytea not null,
  spent_at timestamptz not null,
  primary key (user_id, hash)
);
comment on table spent_totp is 'Authenticator codes that were accepted: each opens one session only (NIST SP 800-63B 5.1.4.2).';

/* The signed-in person behind a session token. */
create function session_of(session_token text)
returns table (session_id text, user_id text, name text, email text, phone text, second_factor boolean, demo boolean, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s."id", u."id", u."name", u."email", case when u."phoneNumberVerified" then u."phoneNumber" end,
         coalesce(s."secondFactor", false), coalesce(u."demo", false), s."expiresAt"
  from auth."session" s join auth."user" u on u."id" = s."userId" where s."token" = session_token
$$;

/* What a verb may know of an account before it gives it a role. */
create function account_of(account text)
returns table (user_id text, name text, phone text, home_commune int, demo boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u."id", u."name", case when u."phoneNumberVerified" then u."phoneNumber" end, u."homeCommune", coalesce(u."demo", false)
  from auth."user" u where u."id" = account
$$;

/* The account that signs in under a phone number: the counter finds it when a citizen comes with the paper. */
create function account_of_phone(phone text)
returns table (user_id text, name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u."id", u."name" from auth."user" u where u."phoneNumber" = phone and u."phoneNumberVerified"
$$;

/* Ends every session of an account, in the transaction that ends its role. */
create function end_sessions(account text) returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from auth."session" where "userId" = account returning 1) select count(*)::int from gone
$$;

revoke all on all functions in schema auth from public;
grant usage on schema auth to xa_app;
grant execute on all functions in schema auth to xa_app;

reset search_path;
reset role;
