-- Accounts, sessions, roles at an organisation node.
create schema access;
grant usage on schema access to qiangshi_app;

create table access.account (
  id uuid primary key,
  login text not null unique check (login = lower(login)),
  person_id uuid unique references directory.person (id),
  name text not null,
  -- argon2id in PHC form; null until the account is activated.
  password_hash text,
  must_change boolean not null default false,
  failures int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  org_id uuid not null references directory.organisation (id),
  org_path ltree not null,
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);

-- Sessions and locks run on real time, whatever the product's clock shows.
create table access.session (
  -- sha256 of the cookie's value: the store never holds what signs somebody in.
  token_hash bytea primary key,
  account_id uuid not null references access.account (id) on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ip text,
  agent text
);
create index on access.session (account_id);

create table access.assignment (
  account_id uuid not null references access.account (id),
  id uuid not null,
  role text not null,
  org_id uuid not null,
  org_path ltree not null,
  during daterange not null default daterange(null, null),
  granted_by uuid references access.account (id),
  primary key (account_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  exclude using gist (account_id with =, role with =, org_id with =, during with &&)
);
create index on access.assignment (org_id, role);

-- Secrets of the installation (cookie, check-in and identity keys), made at first start where the environment gives none.
create table access.secret (name text primary key, value bytea not null);

alter table access.account enable row level security;
alter table access.account force row level security;
create policy owner on access.account to current_user using (true) with check (true);
create policy seen on access.account to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[]) or id = (select db.account())
) with check (org_path <@ any ((select db.scope())::ltree[]) or id = (select db.account()));
grant select, insert, update on access.account to qiangshi_app;

alter table access.assignment enable row level security;
alter table access.assignment force row level security;
create policy owner on access.assignment to current_user using (true) with check (true);
create policy seen on access.assignment to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[]) or account_id = (select db.account())
) with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on access.assignment to qiangshi_app;

-- Sign-in happens before anybody acts, so these few questions are answered by functions of the owner, and by nothing else.
create function access.find_login(wanted text) returns table (
  id uuid, person_id uuid, name text, password_hash text, must_change boolean, locked boolean, disabled boolean, locale text, org_path text
) language sql stable security definer set search_path = access, public, pg_temp as $$
  select a.id, a.person_id, a.name, a.password_hash, a.must_change, coalesce(a.locked_until > now(), false),
    a.disabled_at is not null, a.locale, a.org_path::text
  from access.account a where a.login = lower(wanted)
$$;

-- Counts failures; the account is locked for a while when they reach the limit. A success clears them.
create function access.note_attempt(account uuid, succeeded boolean, most int, lock_for interval) returns void
language sql security definer set search_path = access, public, pg_temp as $$
  update access.account a set
    failures = case when succeeded then 0 else a.failures + 1 end,
    locked_until = case when succeeded then null when a.failures + 1 >= most then now() + lock_for else a.locked_until end
  where a.id = account
$$;

create function access.open_session(hash bytea, account uuid, ttl interval, ip text, agent text) returns void
language sql security definer set search_path = access, public, pg_temp as $$
  insert into access.session (token_hash, account_id, created_at, seen_at, expires_at, ip, agent)
  values (hash, account, now(), now(), now() + ttl, ip, agent)
$$;

create function access.close_session(hash bytea) returns void
language sql security definer set search_path = access, public, pg_temp as $$
  delete from access.session s where s.token_hash = hash
$$;

-- Ends all sessions of the account but one: after a change of password.
create function access.close_others(account uuid, keep bytea) returns void
language sql security definer set search_path = access, public, pg_temp as $$
  delete from access.session s where s.account_id = account and s.token_hash is distinct from keep
$$;

-- Who an account is and what roles it has today.
create function access.actor(wanted uuid) returns table (
  id uuid, login text, person_id uuid, name text, must_change boolean, locale text, assignments jsonb
) language sql stable security definer set search_path = access, public, pg_temp as $$
  select a.id, a.login, a.person_id, a.name, a.must_change, a.locale,
    coalesce((select jsonb_agg(jsonb_build_object('role', s.role, 'orgId', s.org_id, 'orgPath', s.org_path::text) order by s.org_path, s.role)
      from access.assignment s where s.account_id = a.id and s.during @> db.today()), '[]')
  from access.account a where a.id = wanted and a.disabled_at is null
$$;

create function access.session_actor(hash bytea) returns table (
  id uuid, login text, person_id uuid, name text, must_change boolean, locale text, assignments jsonb
) language sql stable security definer set search_path = access, public, pg_temp as $$
  select x.* from access.session s, access.actor(s.account_id) x where s.token_hash = hash and s.expires_at > now()
$$;

create function access.own_sessions(current bytea) returns table (
  id text, created_at timestamptz, seen_at timestamptz, ip text, agent text, current boolean
) language sql stable security definer set search_path = access, public, pg_temp as $$
  select left(encode(s.token_hash, 'hex'), 12), s.created_at, s.seen_at, s.ip, s.agent, s.token_hash is not distinct from current
  from access.session s where s.account_id = db.account() and s.expires_at > now() order by s.seen_at desc
$$;

create function access.secret_value(wanted text) returns bytea language sql stable security definer
set search_path = access, public, pg_temp as $$ select s.value from access.secret s where s.name = wanted $$;

revoke execute on all functions in schema access from public;
grant execute on all functions in schema access to qiangshi_app;
