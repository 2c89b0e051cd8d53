-- Sessions that know how somebody signed in and can be ended one by one; second factors; sign-ins and the devices they came from.

-- A session that waits for the second factor signs nobody in. `must_add`: nothing but setting up a second factor may be done in it.
alter table access.session
  add column id uuid not null default gen_random_uuid() unique,
  add column methods text[] not null default '{pwd}',
  add column auth_at timestamptz not null default now(),
  add column confirmed_at timestamptz not null default now(),
  add column waits boolean not null default false,
  add column must_add boolean not null default false;

-- A session’s end, for those who must hear of it: taken by `access.take_ended`. Sessions that never signed anybody in end unheard.
create table access.session_ended (
  session_id uuid primary key,
  account_id uuid not null,
  at timestamptz not null default now()
);
create function access.note_end() returns trigger language plpgsql security definer set search_path = access, public, pg_temp as $$
begin
  if not old.waits then
    insert into access.session_ended (session_id, account_id) values (old.id, old.account_id) on conflict do nothing;
    perform pg_notify('session_ended', old.id::text);
  end if;
  return null;
end $$;
create trigger heard after delete on access.session for each row execute function access.note_end();

-- The last day on which somebody who must have a second factor may do without one; noted when they first sign in under that duty.
alter table access.account
  add column second_due date,
  add column second_failures int not null default 0,
  add column second_locked_until timestamptz;

create table access.totp (
  account_id uuid not null references access.account (id) on delete cascade,
  id uuid not null,
  name text not null,
  secret_cipher bytea not null,
  created_at timestamptz not null default now(),
  -- Null until its first code: it asks for nothing before.
  confirmed_at timestamptz,
  -- The step of the last code that was taken: no code is taken twice.
  last_step bigint not null default 0,
  used_at timestamptz,
  primary key (account_id, id)
);

create table access.passkey (
  account_id uuid not null references access.account (id) on delete cascade,
  id uuid not null,
  name text not null,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  synced boolean not null,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  primary key (account_id, id)
);

-- One code gets in once. A code that two people gave (`recovery_id`) lapses, and takes the lost factors away when it is used.
create table access.recovery_code (
  account_id uuid not null references access.account (id) on delete cascade,
  id uuid not null,
  code_hash bytea not null,
  made_at timestamptz not null default now(),
  used_at timestamptz,
  expires_at timestamptz,
  recovery_id uuid,
  primary key (account_id, id),
  unique (account_id, code_hash)
);

create table access.challenge (
  id uuid primary key,
  purpose text not null,
  challenge text not null,
  account_id uuid references access.account (id) on delete cascade,
  expires_at timestamptz not null
);

create table access.sign_in (
  account_id uuid not null references access.account (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  at timestamptz not null default now(),
  outcome text not null check (outcome in ('signed_in', 'refused', 'second_refused', 'locked', 'disabled')),
  method text not null,
  ip text,
  agent text,
  new_device boolean not null default false,
  primary key (account_id, id)
);
create index on access.sign_in (account_id, at desc, id);

create table access.device (
  account_id uuid not null references access.account (id) on delete cascade,
  token_hash bytea not null,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  ip text,
  agent text,
  primary key (account_id, token_hash)
);

-- Factors are one's own and nobody else's; whether an account has any is told by `access.has_second`.
alter table access.totp enable row level security;
alter table access.totp force row level security;
create policy owner on access.totp to current_user using (true) with check (true);
create policy seen on access.totp to qiangshi_app using (account_id = (select db.account()));
grant select, insert, update, delete on access.totp to qiangshi_app;

alter table access.passkey enable row level security;
alter table access.passkey force row level security;
create policy owner on access.passkey to current_user using (true) with check (true);
create policy seen on access.passkey to qiangshi_app using (account_id = (select db.account()));
grant select, insert, update, delete on access.passkey to qiangshi_app;

alter table access.recovery_code enable row level security;
alter table access.recovery_code force row level security;
create policy owner on access.recovery_code to current_user using (true) with check (true);
create policy seen on access.recovery_code to qiangshi_app using (account_id = (select db.account()));
grant select, insert, update, delete on access.recovery_code to qiangshi_app;

-- What belongs to an account is visible where the account is.
alter table access.sign_in enable row level security;
alter table access.sign_in force row level security;
create policy owner on access.sign_in to current_user using (true) with check (true);
create policy seen on access.sign_in to qiangshi_app using (exists (select from access.account a where a.id = account_id));
grant select on access.sign_in to qiangshi_app;

drop function access.open_session(bytea, uuid, interval, text, text);
create function access.open_session(
  hash bytea, account uuid, ttl interval, ip text, agent text,
  methods text[] default '{pwd}', waits boolean default false, must_add boolean default false
) returns uuid language sql security definer set search_path = access, public, pg_temp as $$
  insert into access.session (token_hash, account_id, created_at, seen_at, expires_at, ip, agent, methods, waits, must_add)
  values (hash, account, now(), now(), now() + ttl, ip, agent, methods, waits, must_add) returning id
$$;

-- The account whose session waits for its second factor.
create function access.waiting_session(hash bytea) returns table (id uuid, account_id uuid, methods text[], expired boolean)
language sql stable security definer set search_path = access, public, pg_temp as $$
  select s.id, s.account_id, s.methods, s.expires_at <= now() from access.session s where s.token_hash = hash and s.waits
$$;

-- The second factor came: the session is open from now on, under another token than the one that waited.
create function access.complete_session(old bytea, fresh bytea, ttl interval, how text[], adding boolean) returns uuid
language sql security definer set search_path = access, public, pg_temp as $$
  update access.session s set token_hash = fresh, waits = false, must_add = adding, methods = how, auth_at = now(), confirmed_at = now(),
    seen_at = now(), expires_at = now() + ttl
  where s.token_hash = old and s.waits and s.expires_at > now() returning s.id
$$;

-- Who is there said so again, or has set up what was asked of them.
create function access.confirm_session(hash bytea, how text[]) returns void language sql security definer set search_path = access, public, pg_temp as $$
  update access.session s set confirmed_at = now(), must_add = false,
    methods = s.methods || array(select m from unnest(how) m where m <> all (s.methods))
  where s.token_hash = hash and not s.waits
$$;

create function access.touch_session(hash bytea) returns void language sql security definer set search_path = access, public, pg_temp as $$
  update access.session s set seen_at = now() where s.token_hash = hash
$$;

-- Ends one session of an account; whose account may be touched is asked before.
create function access.end_session(wanted uuid, account uuid) returns boolean language sql security definer set search_path = access, public, pg_temp as $$
  with gone as (delete from access.session s where s.id = wanted and s.account_id = account returning 1) select exists (select from gone)
$$;

create function access.end_lapsed() returns int language sql security definer set search_path = access, public, pg_temp as $$
  with gone as (delete from access.session s where s.expires_at <= now() or s.seen_at <= now() - interval '4 hours' returning 1) select count(*)::int from gone
$$;

-- Hands over sessions that have ended, each once: whoever takes them and fails finds them again.
create function access.take_ended(most int) returns table (session_id uuid, account_id uuid, at timestamptz)
language sql security definer set search_path = access, public, pg_temp as $$
  delete from access.session_ended e using (
    select x.session_id from access.session_ended x order by x.at limit most for update skip locked) t
  where e.session_id = t.session_id returning e.session_id, e.account_id, e.at
$$;

drop function access.session_actor(bytea);
drop function access.own_sessions(bytea);
create function access.session_actor(hash bytea) returns table (
  id uuid, login text, person_id uuid, name text, must_change boolean, locale text, assignments jsonb, session jsonb, idle boolean
) language sql stable security definer set search_path = access, public, pg_temp as $$
  select x.*, jsonb_build_object('id', s.id, 'authAt', to_char(s.auth_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'amr', s.methods,
      'fresh', s.confirmed_at > now() - interval '15 minutes', 'mustAdd', s.must_add),
    s.seen_at < now() - interval '5 minutes'
  from access.session s, access.actor(s.account_id) x
  where s.token_hash = hash and not s.waits and s.expires_at > now() and s.seen_at > now() - interval '4 hours'
$$;

create function access.sessions_of(account uuid, current bytea) returns table (
  id uuid, created_at timestamptz, seen_at timestamptz, ip text, agent text, methods text[], current boolean
) language sql stable security definer set search_path = access, public, pg_temp as $$
  select s.id, s.created_at, s.seen_at, s.ip, s.agent, s.methods, s.token_hash is not distinct from current
  from access.session s where s.account_id = account and not s.waits and s.expires_at > now() and s.seen_at > now() - interval '4 hours'
  order by s.seen_at desc
$$;

-- A factor that asks for something: an app whose first code was given, or a passkey.
create function access.has_second(account uuid) returns boolean language sql stable security definer set search_path = access, public, pg_temp as $$
  select exists (select from access.totp t where t.account_id = account and t.confirmed_at is not null)
    or exists (select from access.passkey p where p.account_id = account)
$$;

create function access.note_sign_in(account uuid, outcome text, method text, ip text, agent text, new_device boolean) returns void
language sql security definer set search_path = access, public, pg_temp as $$
  insert into access.sign_in (account_id, outcome, method, ip, agent, new_device) values (account, outcome, method, ip, agent, new_device)
$$;

-- Notes the device and tells whether it is new for an account that has been used elsewhere. The same browser at the same address is known
-- even where it has forgotten its mark.
create function access.meet_device(account uuid, hash bytea, from_ip text, from_agent text) returns boolean
language plpgsql security definer set search_path = access, public, pg_temp as $$
declare
  used boolean; known boolean;
begin
  select count(*) > 0, coalesce(bool_or(d.token_hash = hash or (d.ip is not distinct from from_ip and d.agent is not distinct from from_agent)), false)
    into used, known from access.device d where d.account_id = account and d.last_at > now() - interval '180 days';
  insert into access.device (account_id, token_hash, ip, agent) values (account, hash, from_ip, from_agent)
    on conflict (account_id, token_hash) do update set last_at = now(), ip = excluded.ip, agent = excluded.agent;
  return used and not known;
end $$;

-- Wrong second factors: five lock the account's second step, each further one twice as long, a day at most. A success clears them.
create function access.note_second(account uuid, succeeded boolean) returns timestamptz
language sql security definer set search_path = access, public, pg_temp as $$
  update access.account a set
    second_failures = case when succeeded then 0 else a.second_failures + 1 end,
    second_locked_until = case when succeeded then null when a.second_failures + 1 >= 5
      then now() + least(interval '15 minutes' * power(2, least(a.second_failures - 4, 10)), interval '1 day') else a.second_locked_until end
  where a.id = account returning a.second_locked_until
$$;

create function access.keep_challenge(wanted uuid, why text, value text, account uuid) returns void
language sql security definer set search_path = access, public, pg_temp as $$
  delete from access.challenge c where c.expires_at <= now();
  insert into access.challenge (id, purpose, challenge, account_id, expires_at) values (wanted, why, value, account, now() + interval '5 minutes')
$$;
create function access.take_challenge(wanted uuid, why text, account uuid) returns text
language sql security definer set search_path = access, public, pg_temp as $$
  delete from access.challenge c where c.id = wanted and c.purpose = why and c.account_id is not distinct from account and c.expires_at > now()
  returning c.challenge
$$;
create function access.passkey_owner(wanted text) returns uuid language sql stable security definer set search_path = access, public, pg_temp as $$
  select p.account_id from access.passkey p where p.credential_id = wanted
$$;

revoke execute on all functions in schema access from public;
grant execute on all functions in schema access to qiangshi_app;
revoke execute on function access.note_end() from qiangshi_app;

-- What is kept of sign-ins: thirteen months (网络安全法 asks for six at least), of devices as long after their last use.
create function access.forget_sign_ins() returns void language sql security definer set search_path = access, public, pg_temp as $$
  delete from access.sign_in s where s.at < now() - interval '400 days';
  delete from access.device d where d.last_at < now() - interval '400 days';
  delete from access.session_ended e where e.at < now() - interval '30 days';
$$;
revoke execute on function access.forget_sign_ins() from public;
grant execute on function access.forget_sign_ins() to qiangshi_app;
