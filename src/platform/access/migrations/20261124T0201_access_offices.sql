-- Administrators of system, security and audit apart; recovery by two people; roles taken in an emergency; service accounts.

-- Who runs the system, who guards it and who checks on both are three people.
alter table access.assignment add constraint roles_apart
  exclude using gist (account_id with =, role with <>, during with &&) where (role in ('administrator', 'security', 'auditor'));

-- An account is one person's, or a service's with somebody who answers for it.
alter table access.account
  add column kind text not null default 'person' check (kind in ('person', 'service')),
  add column owner_id uuid references access.account (id),
  add column purpose text,
  add column ends_on date,
  add constraint service_is_owned check ((kind = 'service') = (owner_id is not null and purpose is not null)),
  add constraint service_is_nobody check (kind = 'person' or person_id is null);
create index on access.account (owner_id) where owner_id is not null;

create table access.recovery (
  account_id uuid not null references access.account (id),
  id uuid not null,
  reason text not null,
  asked_by uuid not null references access.account (id),
  asked_at timestamptz not null default db.now(),
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused')),
  decided_by uuid references access.account (id),
  decided_at timestamptz,
  org_id uuid not null,
  org_path ltree not null,
  primary key (account_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  constraint second_person check (decided_by is distinct from asked_by and decided_by is distinct from account_id),
  check ((state = 'waiting') = (decided_by is null))
);
create unique index one_recovery_at_a_time on access.recovery (account_id) where state = 'waiting';

alter table access.recovery enable row level security;
alter table access.recovery force row level security;
create policy owner on access.recovery to current_user using (true) with check (true);
create policy seen on access.recovery to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[]) or account_id = (select db.account())
) with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on access.recovery to qiangshi_app;

-- A code for whoever lost their factor; made by the second person, told once.
create function access.give_recovery_code(account uuid, recovery uuid, code bytea) returns void
language sql security definer set search_path = access, public, pg_temp as $$
  insert into access.recovery_code (account_id, id, code_hash, expires_at, recovery_id)
  values (account, gen_random_uuid(), code, now() + interval '24 hours', recovery)
$$;

create table access.emergency (
  account_id uuid not null references access.account (id),
  id uuid not null,
  role text not null,
  org_id uuid not null,
  org_path ltree not null,
  reason text not null,
  begun_at timestamptz not null default now(),
  ends_at timestamptz not null check (ends_at > begun_at),
  ended_at timestamptz,
  ended_by uuid references access.account (id),
  primary key (account_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
alter table access.emergency enable row level security;
alter table access.emergency force row level security;
create policy owner on access.emergency to current_user using (true) with check (true);
create policy seen on access.emergency to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[]) or account_id = (select db.account())
);
grant select, insert, update (ended_at, ended_by) on access.emergency to qiangshi_app;

create or replace function access.actor(wanted uuid) returns table (
  id uuid, login text, person_id uuid, name text, must_change boolean, locale text, assignments jsonb
) language sql stable security definer set search_path = access, public, pg_temp as $$
  select a.id, a.login, a.person_id, a.name, a.must_change, a.locale,
    coalesce((select jsonb_agg(jsonb_build_object('role', s.role, 'orgId', s.org_id, 'orgPath', s.org_path::text) order by s.org_path, s.role)
      from access.assignment s where s.account_id = a.id and s.during @> db.today()), '[]')
    || coalesce((select jsonb_agg(jsonb_build_object('role', e.role, 'orgId', e.org_id, 'orgPath', e.org_path::text, 'emergencyId', e.id,
        'emergency', to_char(e.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by e.org_path, e.role)
      from access.emergency e where e.account_id = a.id and e.ended_at is null and e.ends_at > now()), '[]')
  from access.account a where a.id = wanted and a.disabled_at is null and (a.ends_on is null or a.ends_on >= db.today())
$$;

-- Where the holders of a role over an organisation sit: whoever watches is told there.
create function access.watchers(over_path ltree, roles text[]) returns table (role text, org_id uuid)
language sql stable security definer set search_path = access, public, pg_temp as $$
  select distinct s.role, s.org_id from access.assignment s
  where s.role = any (roles) and s.org_path @> over_path and s.during @> db.today()
$$;

revoke execute on function access.give_recovery_code(uuid, uuid, bytea), access.watchers(ltree, text[]) from public;
grant execute on function access.give_recovery_code(uuid, uuid, bytea), access.watchers(ltree, text[]) to qiangshi_app;
