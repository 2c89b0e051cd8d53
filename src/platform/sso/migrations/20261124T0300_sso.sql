-- One sign-in for every platform: which platforms there are, what each may learn, who let it, and what the provider keeps between two requests.
create schema sso;
grant usage on schema sso to qiangshi_app;

create table sso.platform (
  id uuid primary key,
  client_id text not null unique,
  -- sha256 of the secret (256 random bits); null for platforms that run in the browser and can keep none.
  secret_hash bytea,
  name text not null,
  name_en text,
  about text not null default '',
  icon text not null default '',
  colour text not null default 'qing',
  category text not null check (category in ('teaching', 'training', 'resources', 'office', 'evaluation', 'service')),
  -- Whose people it is for, and who answers for it.
  org_id uuid not null references directory.organisation (id),
  org_path ltree not null,
  owner_id uuid not null references access.account (id),
  operator text not null,
  purpose text not null,
  -- duty: the law or the employer's rules want it, people are told; consent: each person decides.
  basis text not null check (basis in ('duty', 'consent')),
  basis_text text not null default '',
  contract_from date,
  contract_until date,
  check (contract_from is null or contract_until is null or contract_from <= contract_until),
  start_url text,
  redirect_uris text[] not null check (cardinality(redirect_uris) between 1 and 10),
  sign_out_uris text[] not null default '{}',
  -- Where it hears that somebody signed out (OpenID Connect Back-Channel Logout 1.0).
  logout_uri text,
  scopes text[] not null default '{}',
  pairwise boolean not null default true,
  pkce boolean not null default true,
  offline boolean not null default false,
  -- Empty: everybody at the organisation and below.
  roles text[] not null default '{}',
  state text not null default 'active' check (state in ('active', 'suspended', 'ended')),
  state_reason text,
  revision int not null default 1,
  created_at timestamptz not null default now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  -- A platform that must not see the teacher number is not told it another way.
  constraint pairwise_hides_number check (not (pairwise and 'number' = any (scopes)))
);
create index on sso.platform using gist (org_path);

-- Every year each platform is kept or ended, with a reason.
create table sso.review (
  platform_id uuid not null references sso.platform (id),
  year int not null,
  verdict text not null check (verdict in ('keep', 'end')),
  reason text not null,
  account_id uuid not null references access.account (id),
  at timestamptz not null,
  primary key (platform_id, year)
);
grant select, insert, update on sso.platform, sso.review to qiangshi_app;

-- What somebody let a platform learn, or was told that it learns. Kept after it was withdrawn.
create table sso.consent (
  account_id uuid not null references access.account (id),
  platform_id uuid not null references sso.platform (id),
  scopes text[] not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  used_at timestamptz,
  uses int not null default 0,
  primary key (account_id, platform_id)
);
create index on sso.consent (platform_id, used_at);
alter table sso.consent enable row level security;
alter table sso.consent force row level security;
create policy owner on sso.consent to current_user using (true) with check (true);
create policy seen on sso.consent to qiangshi_app using (account_id = (select db.account())) with check (account_id = (select db.account()));
grant select, insert, update on sso.consent to qiangshi_app;

-- Keys that sign what platforms are told. The private part is sealed under the installation's master key.
create table sso.signing_key (
  kid text primary key,
  alg text not null,
  sealed bytea not null,
  made_at timestamptz not null,
  -- Published from made_at; signs from here until the next one signs; published until it is deleted.
  signs_from timestamptz not null
);
grant select, insert, delete on sso.signing_key to qiangshi_app;

-- Codes, tokens, grants, interactions. Found by the hash of what the bearer holds, so the table signs nobody in. Only the functions below touch it.
create table sso.artifact (
  kind text not null,
  id_hash bytea not null,
  payload jsonb not null,
  grant_id text,
  account_id uuid,
  client_id text,
  -- Dies with this session.
  session_uid text,
  expires_at timestamptz,
  consumed_at timestamptz,
  primary key (kind, id_hash)
);
create index on sso.artifact (grant_id) where grant_id is not null;
create index on sso.artifact (session_uid) where session_uid is not null;
create index on sso.artifact (account_id, client_id) where account_id is not null;
create index on sso.artifact (expires_at);

-- The provider's side of a session of the product: which platforms were entered in it.
create table sso.session (
  session_id uuid primary key,
  account_id uuid not null,
  uid text not null unique,
  payload jsonb not null
);

-- Platforms still to be told that somebody signed out.
create table sso.sign_out (
  id uuid primary key default gen_random_uuid(),
  client_id text not null,
  account_id uuid not null,
  sid text,
  made_at timestamptz not null default now(),
  next_at timestamptz not null default now(),
  attempts int not null default 0,
  told_at timestamptz,
  failure text
);
create index on sso.sign_out (next_at) where told_at is null and attempts < 8;

-- Lives as long as the product's own session does.
create function sso.session_by_uid(wanted text) returns jsonb
language sql stable security definer set search_path = sso, public, pg_temp as $$
  select s.payload || jsonb_build_object('kind', 'Session', 'accountId', s.account_id, 'exp', floor(extract(epoch from x.expires_at))::bigint)
  from sso.session s join access.session x on x.id = s.session_id and x.account_id = s.account_id and not x.waits and x.expires_at > now()
  where s.uid = wanted
$$;

-- Something that a bearer holds, with the grant that it was issued under and the session that it may die with.
create function sso.find(wanted text, hash bytea) returns table (payload jsonb, grant_payload jsonb, session jsonb)
language sql stable security definer set search_path = sso, public, pg_temp as $$
  select case when a.consumed_at is null then a.payload else a.payload || jsonb_build_object('consumed', extract(epoch from a.consumed_at)::bigint) end,
    (select g.payload from sso.artifact g where a.grant_id is not null and g.kind = 'Grant' and g.id_hash = sha256(convert_to(a.grant_id, 'UTF8')) and g.expires_at > now()),
    case when a.session_uid is not null then sso.session_by_uid(a.session_uid) end
  from sso.artifact a where a.kind = wanted and a.id_hash = hash and (a.expires_at is null or a.expires_at > now())
$$;

-- One request as one write. What is good once must not have been used: of two who bring it at the same moment one is a thief, so neither goes on,
-- and what was issued under the grant is void.
create function sso.settle(used jsonb, kept jsonb, session uuid, said jsonb) returns boolean
language plpgsql security definer set search_path = sso, public, pg_temp as $$
declare
  one record;
begin
  for one in select u.kind, decode(u.hash, 'hex') as hash from jsonb_to_recordset(used) as u(kind text, hash text) loop
    update sso.artifact a set consumed_at = now() where a.kind = one.kind and a.id_hash = one.hash and a.consumed_at is null;
    if not found then
      delete from sso.artifact a using sso.artifact x where x.kind = one.kind and x.id_hash = one.hash
        and (a.grant_id = x.grant_id or a.kind = 'Grant' and a.id_hash = sha256(convert_to(x.grant_id, 'UTF8')));
      return false;
    end if;
  end loop;
  insert into sso.artifact (kind, id_hash, payload, grant_id, account_id, client_id, session_uid, expires_at)
    select k.kind, decode(k.hash, 'hex'), k.payload, k.payload ->> 'grantId', (k.payload ->> 'accountId')::uuid, k.payload ->> 'clientId',
      case when (k.payload ->> 'expiresWithSession')::boolean then k.payload ->> 'sessionUid' end, now() + make_interval(secs => k.ttl)
    from jsonb_to_recordset(kept) as k(kind text, hash text, payload jsonb, ttl int)
    on conflict (kind, id_hash) do update set payload = excluded.payload, grant_id = excluded.grant_id, account_id = excluded.account_id,
      client_id = excluded.client_id, session_uid = excluded.session_uid, expires_at = excluded.expires_at;
  if session is not null then perform sso.save_session(session, said); end if;
  return true;
end $$;

create function sso.discard(wanted text, hash bytea) returns void
language sql security definer set search_path = sso, public, pg_temp as $$
  delete from sso.artifact a where a.kind = wanted and a.id_hash = hash
$$;

-- Everything that was issued under a grant.
create function sso.revoke_grant(wanted text) returns void
language sql security definer set search_path = sso, public, pg_temp as $$
  delete from sso.artifact a where a.grant_id = wanted
$$;

-- Everything that one's own account gave a platform.
create function sso.revoke_own(wanted text) returns void
language sql security definer set search_path = sso, public, pg_temp as $$
  delete from sso.artifact a where a.account_id = db.account() and a.client_id = wanted
$$;

-- Everything that a platform holds: it was suspended, or its contract ended.
create function sso.revoke_platform(wanted text) returns void
language sql security definer set search_path = sso, public, pg_temp as $$
  delete from sso.artifact a using sso.platform p
  where a.client_id = p.client_id and p.client_id = wanted and p.org_path <@ any (db.scope())
$$;

create function sso.sweep(most int) returns int
language sql security definer set search_path = sso, public, pg_temp as $$
  with gone as (delete from sso.artifact a using (
      select x.kind, x.id_hash from sso.artifact x where x.expires_at < now() - interval '1 minute' order by x.expires_at limit most for update skip locked) t
    where a.kind = t.kind and a.id_hash = t.id_hash returning 1),
  told as (delete from sso.sign_out s where s.made_at < now() - interval '30 days')
  select count(*)::int from gone
$$;

-- The session of the product behind a cookie, as the provider knows it. `held`: a password or a second factor is still asked of the account.
create function sso.join_session(hash bytea) returns table (session_id uuid, account_id uuid, held boolean, payload jsonb)
language plpgsql security definer set search_path = sso, public, pg_temp as $$
declare
  s record; said jsonb;
begin
  select x.id, x.account_id, x.confirmed_at, x.expires_at, x.methods, x.must_add or a.must_change as held into s
    from access.session x join access.account a on a.id = x.account_id
    where x.token_hash = hash and not x.waits and x.expires_at > now() and x.seen_at > now() - interval '4 hours' and a.disabled_at is null;
  if not found then return; end if;
  said := jsonb_build_object('kind', 'Session', 'accountId', s.account_id, 'amr', to_jsonb(s.methods),
    'loginTs', floor(extract(epoch from s.confirmed_at))::bigint, 'exp', floor(extract(epoch from s.expires_at))::bigint);
  return query select k.session_id, s.account_id, s.held, k.payload || said from sso.session k where k.session_id = s.id;
  if found or s.held then
    if s.held then return query select s.id, s.account_id, true, null::jsonb where not exists (select from sso.session k where k.session_id = s.id); end if;
    return;
  end if;
  return query insert into sso.session as k (session_id, account_id, uid, payload)
    select s.id, s.account_id, u.uid, jsonb_build_object('uid', u.uid, 'jti', u.uid, 'iat', floor(extract(epoch from now()))::bigint)
    from (select replace(gen_random_uuid()::text, '-', '') as uid) u
    on conflict on constraint session_pkey do update set payload = k.payload
    returning k.session_id, s.account_id, false, k.payload || said;
end $$;

-- Two platforms entered at once are both remembered.
create function sso.save_session(wanted uuid, said jsonb) returns void
language sql security definer set search_path = sso, public, pg_temp as $$
  update sso.session s set payload = said || case when s.payload ? 'authorizations' or said ? 'authorizations' then
    jsonb_build_object('authorizations', coalesce(s.payload -> 'authorizations', '{}') || coalesce(said -> 'authorizations', '{}')) else '{}' end
  where s.session_id = wanted
$$;

-- A platform as the protocol knows it, while people may enter it.
create function sso.client(wanted text) returns table (
  id uuid, client_id text, secret_hash bytea, name text, redirect_uris text[], sign_out_uris text[], logout_uri text, scopes text[],
  pairwise boolean, pkce boolean, offline boolean, roles text[], org_path text
) language sql stable security definer set search_path = sso, public, pg_temp as $$
  select p.id, p.client_id, p.secret_hash, p.name, p.redirect_uris, p.sign_out_uris, p.logout_uri, p.scopes, p.pairwise, p.pkce, p.offline, p.roles, p.org_path::text
  from sso.platform p where p.client_id = wanted and p.state = 'active'
    and coalesce(p.contract_from <= db.today(), true) and coalesce(p.contract_until >= db.today(), true)
$$;

-- Takes note of sessions that ended: what was issued in them ends too, and each platform that was entered is to be told. How many sessions.
create function sso.settle_ended() returns int
language sql security definer set search_path = sso, public, pg_temp as $$
  with ended as materialized (select t.session_id from access.take_ended(1000) t),
  gone as (delete from sso.session s using ended e where s.session_id = e.session_id returning s.uid, s.account_id, s.payload),
  dead as (delete from sso.artifact a using gone g where a.session_uid = g.uid),
  told as (insert into sso.sign_out (client_id, account_id, sid)
    select e.key, g.account_id, e.value ->> 'sid' from gone g
      cross join lateral jsonb_each(coalesce(g.payload -> 'authorizations', '{}')) e join sso.platform p on p.client_id = e.key and p.logout_uri is not null)
  select count(*)::int from ended
$$;

-- Takes note of what ended and hands over whom to tell, each for a minute at first: whoever takes one and dies leaves it to the next.
create function sso.take_sign_outs(most int) returns table (id uuid, client_id text, account_id uuid, sid text)
language plpgsql security definer set search_path = sso, public, pg_temp as $$
begin
  perform sso.settle_ended();
  return query update sso.sign_out s set attempts = s.attempts + 1, next_at = now() + interval '1 minute' * power(2, s.attempts)
    from (select x.id from sso.sign_out x where x.told_at is null and x.attempts < 8 and x.next_at <= now() order by x.next_at limit most for update skip locked) t
    where s.id = t.id returning s.id, s.client_id, s.account_id, s.sid;
end $$;
create function sso.note_sign_out(wanted uuid, trouble text) returns void
language sql security definer set search_path = sso, public, pg_temp as $$
  update sso.sign_out s set told_at = case when trouble is null then now() end, failure = left(trouble, 300) where s.id = wanted
$$;

-- How much platforms are used: numbers, never who.
create function sso.usage(platforms uuid[]) returns table (platform_id uuid, people int, people_year int, used_at timestamptz)
language sql stable security definer set search_path = sso, public, pg_temp as $$
  select c.platform_id, count(*)::int, (count(*) filter (where c.used_at > db.now() - interval '1 year'))::int, max(c.used_at)
  from sso.consent c where c.platform_id = any (platforms) group by c.platform_id
$$;

revoke execute on all functions in schema sso from public;
grant execute on all functions in schema sso to qiangshi_app;
