-- Rosters for other systems: tokens that they come with, names by which each knows people, what changed when, and word that is sent to them.
create schema provisioning;
grant usage on schema provisioning to qiangshi_app;

-- Whoever asks under a token: a platform, or the account of a service. Set for the transaction when the token was found.
create function provisioning.holder() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('qiangshi.holder', true), '')::uuid
$$;
grant execute on function provisioning.holder() to qiangshi_app;

-- Changes are noted from here on; not before anybody asks for them.
create table provisioning.watch (
  id boolean primary key default true check (id),
  since timestamptz not null default date_trunc('milliseconds', db.now())
);
grant select, insert on provisioning.watch to qiangshi_app;

create table provisioning.token (
  id uuid primary key,
  platform_id uuid references sso.platform (id),
  account_id uuid references access.account (id),
  check ((platform_id is null) <> (account_id is null)),
  -- Where its holder belongs.
  org_id uuid not null references directory.organisation (id),
  org_path ltree not null,
  name text not null,
  -- The beginning of the token, by which people tell it from others; of the token itself only the SHA-256 (256 random bits).
  prefix text not null,
  hash bytea not null unique,
  things text[] not null check (cardinality(things) > 0 and things <@ '{scim.read,scim.write}'),
  -- What a service learns; a platform learns what it is registered with.
  scopes text[] not null default '{}',
  check (account_id is not null or scopes = '{}'),
  -- The last day.
  expires_on date not null,
  made_by uuid not null references access.account (id),
  made_at timestamptz not null default db.now(),
  used_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid references access.account (id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on provisioning.token using gist (org_path);
-- Whose people it may ask for: these organisations and what lies below them.
create table provisioning.token_org (
  token_id uuid not null references provisioning.token (id),
  org_id uuid not null,
  org_path ltree not null,
  primary key (token_id, org_id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);

-- By which name a holder knows somebody: given once, and for good. `key` is the person, or the account of somebody who is not on record.
create table provisioning.subject (
  holder_id uuid not null,
  key uuid not null,
  id text not null,
  primary key (holder_id, key),
  unique (holder_id, id)
);
-- When what is told of somebody, or of an organisation, changed last.
create table provisioning.change (
  key uuid primary key,
  at timestamptz not null
);
-- Accounts that a holder ended, which it may open again.
create table provisioning.ended (
  account_id uuid not null references access.account (id),
  holder_id uuid not null,
  at timestamptz not null default db.now(),
  primary key (account_id, holder_id)
);

-- What happened and has not been passed on: written in the transaction in which it happens. Only the functions below touch it.
create table provisioning.event (
  id uuid primary key default gen_random_uuid(),
  type text not null,
  key uuid,
  -- Whom it concerns; where `key` belongs when it is null.
  paths ltree[],
  data jsonb not null default '{}',
  at timestamptz not null default db.now(),
  wall timestamptz not null default clock_timestamp()
);
create index on provisioning.event (wall, id);

create table provisioning.endpoint (
  id uuid primary key,
  platform_id uuid not null references sso.platform (id),
  org_id uuid not null references directory.organisation (id),
  org_path ltree not null,
  url text not null,
  types text[] not null check (cardinality(types) > 0),
  state text not null default 'active' check (state in ('active', 'paused', 'ended')),
  -- Why it was paused: a code of the catalogs.
  reason text,
  -- One after another, since something was last taken.
  failures int not null default 0,
  made_by uuid not null references access.account (id),
  made_at timestamptz not null default db.now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on provisioning.endpoint using gist (org_path);
create table provisioning.endpoint_org (
  endpoint_id uuid not null references provisioning.endpoint (id),
  org_id uuid not null,
  org_path ltree not null,
  primary key (endpoint_id, org_id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
-- What signs; the one before it signs as well until it ends.
create table provisioning.secret (
  id uuid primary key,
  endpoint_id uuid not null references provisioning.endpoint (id),
  sealed bytea not null,
  made_at timestamptz not null default now(),
  ends_at timestamptz
);
create index on provisioning.secret (endpoint_id);

create table provisioning.delivery (
  id uuid primary key,
  endpoint_id uuid not null references provisioning.endpoint (id),
  -- The order in which an endpoint is told.
  position bigint generated always as identity,
  type text not null,
  key uuid,
  -- As it is sent: names by which the platform knows people, never what they are called.
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  last_at timestamptz,
  status int,
  failure text,
  made_at timestamptz not null default now(),
  ended_at timestamptz
);
create index on provisioning.delivery (endpoint_id, position) where state = 'waiting';
create index on provisioning.delivery (endpoint_id, position desc);
create index on provisioning.delivery (made_at);

alter table provisioning.token enable row level security;
alter table provisioning.token force row level security;
create policy owner on provisioning.token to current_user using (true) with check (true);
create policy seen on provisioning.token to qiangshi_app using (org_path <@ any ((select db.scope())::ltree[]))
  with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update (revoked_at, revoked_by) on provisioning.token to qiangshi_app;

alter table provisioning.token_org enable row level security;
alter table provisioning.token_org force row level security;
create policy owner on provisioning.token_org to current_user using (true) with check (true);
create policy seen on provisioning.token_org to qiangshi_app using (exists (select from provisioning.token t where t.id = token_id))
  with check (org_path <@ any ((select db.scope())::ltree[]) and exists (select from provisioning.token t where t.id = token_id));
grant select, insert on provisioning.token_org to qiangshi_app;

-- Names and changes are seen by the holder that asks, and its own only.
alter table provisioning.subject enable row level security;
alter table provisioning.subject force row level security;
create policy owner on provisioning.subject to current_user using (true) with check (true);
create policy seen on provisioning.subject to qiangshi_app using (holder_id = (select provisioning.holder())) with check (holder_id = (select provisioning.holder()));
grant select, insert on provisioning.subject to qiangshi_app;

alter table provisioning.change enable row level security;
alter table provisioning.change force row level security;
create policy owner on provisioning.change to current_user using (true) with check (true);
create policy seen on provisioning.change for select to qiangshi_app using ((select provisioning.holder()) is not null);
grant select on provisioning.change to qiangshi_app;

alter table provisioning.ended enable row level security;
alter table provisioning.ended force row level security;
create policy owner on provisioning.ended to current_user using (true) with check (true);
create policy seen on provisioning.ended to qiangshi_app
  using (holder_id = (select provisioning.holder()) and exists (select from access.account a where a.id = account_id))
  with check (holder_id = (select provisioning.holder()) and exists (select from access.account a where a.id = account_id));
grant select, insert, delete on provisioning.ended to qiangshi_app;

alter table provisioning.endpoint enable row level security;
alter table provisioning.endpoint force row level security;
create policy owner on provisioning.endpoint to current_user using (true) with check (true);
create policy seen on provisioning.endpoint to qiangshi_app using (org_path <@ any ((select db.scope())::ltree[]))
  with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on provisioning.endpoint to qiangshi_app;

alter table provisioning.endpoint_org enable row level security;
alter table provisioning.endpoint_org force row level security;
create policy owner on provisioning.endpoint_org to current_user using (true) with check (true);
create policy seen on provisioning.endpoint_org to qiangshi_app using (exists (select from provisioning.endpoint e where e.id = endpoint_id))
  with check (org_path <@ any ((select db.scope())::ltree[]) and exists (select from provisioning.endpoint e where e.id = endpoint_id));
grant select, insert, delete on provisioning.endpoint_org to qiangshi_app;

alter table provisioning.secret enable row level security;
alter table provisioning.secret force row level security;
create policy owner on provisioning.secret to current_user using (true) with check (true);
create policy seen on provisioning.secret to qiangshi_app using (exists (select from provisioning.endpoint e where e.id = endpoint_id))
  with check (exists (select from provisioning.endpoint e where e.id = endpoint_id));
grant select, insert, update, delete on provisioning.secret to qiangshi_app;

alter table provisioning.delivery enable row level security;
alter table provisioning.delivery force row level security;
create policy owner on provisioning.delivery to current_user using (true) with check (true);
create policy seen on provisioning.delivery to qiangshi_app using (exists (select from provisioning.endpoint e where e.id = endpoint_id))
  with check (exists (select from provisioning.endpoint e where e.id = endpoint_id));
grant select, insert, update, delete on provisioning.delivery to qiangshi_app;

-- Everybody reads what is held here about themselves.
create policy own on provisioning.subject for select to qiangshi_app using (key in ((select db.self()), (select db.account())));
create policy own on provisioning.change for select to qiangshi_app using (key in ((select db.self()), (select db.account())));
create policy own on provisioning.ended for select to qiangshi_app using (account_id = (select db.account()));
create policy own on provisioning.delivery for select to qiangshi_app using (key in ((select db.self()), (select db.account())));

-- Who comes with a token, while it holds: not revoked, not expired, its holder in use. Its use is noted once a minute.
create function provisioning.enter(wanted bytea) returns table (
  token_id uuid, holder_id uuid, service boolean, name text, owner_id uuid, pairwise boolean, consent boolean, scopes text[], roles text[],
  org_path text, paths text[], things text[]
) language plpgsql volatile security definer set search_path = provisioning, public, pg_temp as $$
declare
  t provisioning.token;
begin
  select x.* into t from token x where x.hash = wanted and x.revoked_at is null and x.expires_on >= db.today();
  if not found then return; end if;
  return query
    select t.id, p.id, false, p.name, p.owner_id, p.pairwise, p.basis = 'consent', p.scopes, p.roles, p.org_path::text,
      array(select o.org_path::text from token_org o where o.token_id = t.id and o.org_path <@ p.org_path order by 1), t.things
    from sso.platform p where p.id = t.platform_id and p.state = 'active'
      and coalesce(p.contract_from <= db.today(), true) and coalesce(p.contract_until >= db.today(), true)
    union all
    select t.id, a.id, true, a.name, a.owner_id, not 'number' = any (t.scopes), false, t.scopes, '{}'::text[], a.org_path::text,
      array(select o.org_path::text from token_org o where o.token_id = t.id and o.org_path <@ a.org_path order by 1), t.things
    from access.account a where a.id = t.account_id and a.kind = 'service' and a.disabled_at is null and (a.ends_on is null or a.ends_on >= db.today());
  if found and (t.used_at is null or t.used_at < db.now() - interval '1 minute' or t.used_at > db.now()) then
    update token x set used_at = db.now() where x.id = t.id;
  end if;
end $$;

-- Who let the platform that asks learn what.
create function provisioning.consented() returns table (account_id uuid, scopes text[])
language sql stable security definer set search_path = provisioning, public, pg_temp as $$
  select c.account_id, array(select unnest(c.scopes) intersect select unnest(p.scopes)) from sso.consent c join sso.platform p on p.id = c.platform_id
  where c.platform_id = provisioning.holder() and c.withdrawn_at is null
$$;

create function provisioning.watched() returns boolean
language sql stable security definer set search_path = provisioning, public, pg_temp as $$ select exists (select from provisioning.watch) $$;

-- For every module: something happened that others may want to hear. `paths` null: where the person or account belongs when it is passed on.
create function provisioning.tell(what text, whom uuid, where_to ltree[], said jsonb default '{}') returns void
language sql security definer set search_path = provisioning, public, pg_temp as $$
  insert into provisioning.event (type, key, paths, data) select what, whom, where_to, said where provisioning.watched()
$$;

-- For every module: what is told of these people, accounts or organisations is another from now on.
create function provisioning.touch(keys uuid[]) returns void
language sql security definer set search_path = provisioning, public, pg_temp as $$
  insert into provisioning.change as c (key, at) select distinct k, date_trunc('milliseconds', db.now()) from unnest(keys) k
    where k is not null and provisioning.watched() order by k
    on conflict (key) do update set at = greatest(c.at, excluded.at);
$$;

-- What happened since it was last taken, oldest first, taken away: whoever takes it and fails leaves it. One at a time, so that the order stands.
create function provisioning.take_events(most int) returns setof provisioning.event
language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  if not pg_try_advisory_xact_lock(hashtext('provisioning.events')) then return; end if;
  return query with taken as (
    delete from event e using (select x.id from event x order by x.wall, x.id limit most) t where e.id = t.id returning e.*)
  select * from taken order by wall, id;
end $$;

revoke execute on all functions in schema provisioning from public;
grant execute on all functions in schema provisioning to qiangshi_app;
