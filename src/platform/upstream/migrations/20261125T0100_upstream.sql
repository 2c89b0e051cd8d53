-- Signing in with an account of another provider: which providers there are, whose account there is whose here, and who asks for it.
create schema upstream;
grant usage on schema upstream to qiangshi_app;

create table upstream.provider (
  id uuid primary key,
  -- Stands in the address that the provider sends people back to.
  key text not null unique check (key ~ '^[a-z][a-z0-9-]{1,30}$'),
  kind text not null check (kind in ('oidc', 'cas')),
  name text not null,
  name_en text,
  -- The issuer of an OpenID provider, or where a CAS begins.
  address text not null,
  client_id text,
  secret_cipher bytea,
  scopes text[] not null default '{}',
  -- Version 2 answers at /serviceValidate, version 3 at /p3/serviceValidate.
  cas_version int check (cas_version in (2, 3)),
  -- Values of `amr` or `acr` by which it says that it asked for a second factor; none: it never counts as one.
  second_values text[] not null default '{}',
  -- Whose people it is for.
  org_id uuid not null references directory.organisation (id),
  org_path ltree not null,
  enabled boolean not null default true,
  revision int not null default 1,
  created_at timestamptz not null default now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  check ((kind = 'oidc') = (client_id is not null)),
  check ((kind = 'cas') = (cas_version is not null))
);
create index on upstream.provider using gist (org_path);
grant select, insert, update on upstream.provider to qiangshi_app;

-- Somebody is on the way to a provider. Found by the hash of its state together with the hash of what their browser keeps; good once, for ten minutes.
create table upstream.attempt (
  id uuid primary key,
  provider_id uuid not null references upstream.provider (id) on delete cascade,
  state_hash bytea not null unique,
  browser_hash bytea not null,
  purpose text not null check (purpose in ('sign_in', 'link')),
  account_id uuid references access.account (id) on delete cascade,
  session_id uuid,
  back text not null default '',
  expires_at timestamptz not null default now() + interval '10 minutes',
  check ((purpose = 'link') = (account_id is not null and session_id is not null))
);
create index on upstream.attempt (expires_at);

-- Somebody came from a provider and is nobody here yet; their browser keeps what the hash is of.
create table upstream.arrival (
  id uuid primary key,
  browser_hash bytea not null unique,
  provider_id uuid not null references upstream.provider (id) on delete cascade,
  subject_hash bytea not null,
  subject_cipher bytea not null,
  label_cipher bytea,
  expires_at timestamptz not null default now() + interval '30 minutes'
);
create index on upstream.arrival (expires_at);

-- Whose account at a provider is whose here: one subject has one account, and one account one subject at a provider.
create table upstream.link (
  account_id uuid not null references access.account (id) on delete cascade,
  id uuid not null,
  provider_id uuid not null references upstream.provider (id),
  subject_hash bytea not null,
  subject_cipher bytea not null,
  label_cipher bytea,
  linked_at timestamptz not null default db.now(),
  how text not null check (how in ('own', 'office')),
  approved_by uuid references access.account (id),
  used_at timestamptz,
  primary key (account_id, id),
  constraint one_subject_a_provider unique (account_id, provider_id),
  constraint one_account_a_subject unique (provider_id, subject_hash),
  check ((how = 'office') = (approved_by is not null)),
  constraint not_by_oneself check (approved_by is distinct from account_id)
);
alter table upstream.link enable row level security;
alter table upstream.link force row level security;
create policy owner on upstream.link to current_user using (true) with check (true);
-- One's own, and those of accounts in scope for whoever acts on links; nobody else needs to know.
create policy seen on upstream.link to qiangshi_app using (
  account_id = (select db.account())
  or (select db.permission()) in ('upstream.link.read', 'upstream.link.write', 'upstream.request.decide')
    and exists (select from access.account a where a.id = account_id and a.org_path <@ any ((select db.scope())::ltree[]))
);
grant select, insert, delete on upstream.link to qiangshi_app;

-- Asked for by somebody who came from a provider: an office checks who they are.
create table upstream.request (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  account_id uuid not null references access.account (id) on delete cascade,
  provider_id uuid not null references upstream.provider (id),
  subject_hash bytea not null,
  subject_cipher bytea not null,
  label_cipher bytea,
  note_cipher bytea,
  ip text,
  asked_at timestamptz not null default db.now(),
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'lapsed')),
  checked text check (checked in ('in_person', 'documents', 'called_back')),
  reason text,
  decided_by uuid references access.account (id),
  decided_at timestamptz,
  primary key (person_id, id),
  check ((state in ('approved', 'refused')) = (decided_by is not null)),
  check ((state = 'approved') = (checked is not null)),
  constraint nobody_for_oneself check (decided_by is distinct from account_id)
);
create unique index one_request_a_subject on upstream.request (provider_id, subject_hash) where state = 'waiting';
alter table upstream.request enable row level security;
alter table upstream.request force row level security;
create policy owner on upstream.request to current_user using (true) with check (true);
create policy seen on upstream.request to qiangshi_app using (
  person_id = (select db.self())
  or (select db.permission()) in ('upstream.request.read', 'upstream.request.decide') and exists (select from directory.person p where p.id = person_id)
);
grant select, update (state, checked, reason, decided_by, decided_at) on upstream.request to qiangshi_app;

-- Accounts at a provider are found by a keyed hash and stand sealed: they are often numbers of identity cards or telephones.
select cipher.guard_blind('upstream.arrival', 'subject_hash');
select cipher.guard_blind('upstream.link', 'subject_hash');
select cipher.guard_blind('upstream.request', 'subject_hash');

-- Before anybody acts, these few questions are answered by functions of the owner, and by nothing else.
create function upstream.begin(wanted uuid, provider uuid, state bytea, browser bytea, why text, account uuid, session uuid, back text) returns void
language sql security definer set search_path = upstream, public, pg_temp as $$
  delete from upstream.attempt a where a.id in (select x.id from upstream.attempt x where x.expires_at <= now() limit 100 for update skip locked);
  insert into upstream.attempt (id, provider_id, state_hash, browser_hash, purpose, account_id, session_id, back)
  values (wanted, provider, state, browser, why, account, session, back)
$$;

create function upstream.take_attempt(state bytea, browser bytea) returns table (
  provider_id uuid, purpose text, account_id uuid, session_id uuid, back text
) language sql security definer set search_path = upstream, public, pg_temp as $$
  delete from upstream.attempt a where a.state_hash = state and a.browser_hash = browser and a.expires_at > now()
  returning a.provider_id, a.purpose, a.account_id, a.session_id, a.back
$$;

-- Whose a subject is. `closed`: the account takes nobody in; `served`: its organisation is one that the provider is for.
create function upstream.find_link(provider uuid, subject bytea) returns table (
  account_id uuid, id uuid, closed boolean, served boolean, org_path text
) language sql stable security definer set search_path = upstream, public, pg_temp as $$
  select l.account_id, l.id, a.disabled_at is not null or coalesce(a.ends_on < db.today(), false), a.org_path <@ p.org_path, a.org_path::text
  from upstream.link l join access.account a on a.id = l.account_id join upstream.provider p on p.id = l.provider_id
  where l.provider_id = provider and l.subject_hash = subject
$$;

create function upstream.note_use(account uuid, wanted uuid) returns void
language sql security definer set search_path = upstream, public, pg_temp as $$
  update upstream.link l set used_at = now() where l.account_id = account and l.id = wanted
$$;

create function upstream.keep_arrival(wanted uuid, browser bytea, provider uuid, subject bytea, sealed bytea, label bytea) returns void
language sql security definer set search_path = upstream, public, pg_temp as $$
  delete from upstream.arrival a where a.id in (select x.id from upstream.arrival x where x.expires_at <= now() limit 100 for update skip locked);
  insert into upstream.arrival (id, browser_hash, provider_id, subject_hash, subject_cipher, label_cipher)
  values (wanted, browser, provider, subject, sealed, label)
$$;

create function upstream.arrival_of(browser bytea) returns table (provider_id uuid, waiting boolean, linked boolean)
language sql stable security definer set search_path = upstream, public, pg_temp as $$
  select a.provider_id,
    exists (select from upstream.request r where r.provider_id = a.provider_id and r.subject_hash = a.subject_hash and r.state = 'waiting'),
    exists (select from upstream.link l where l.provider_id = a.provider_id and l.subject_hash = a.subject_hash)
  from upstream.arrival a join upstream.provider p on p.id = a.provider_id
  where a.browser_hash = browser and a.expires_at > now() and p.enabled
$$;

-- Asks that whoever arrived be the one with this number. Nothing comes of it, and nobody is told so, where there is no such account, it is linked
-- already, or something waits.
create function upstream.ask(wanted uuid, browser bytea, number_said text, note bytea, from_ip text) returns table (
  person_id uuid, account_id uuid, provider_id uuid, org_path text
) language sql security definer set search_path = upstream, public, pg_temp as $$
  with came as (
    select a.* from upstream.arrival a join upstream.provider p on p.id = a.provider_id
    where a.browser_hash = browser and a.expires_at > now() and p.enabled
      and not exists (select from upstream.link l where l.provider_id = a.provider_id and l.subject_hash = a.subject_hash)
  ), meant as (
    select n.id as person_id, c.id as account_id, c.org_path from directory.person n join access.account c on c.person_id = n.id
      join came on true join upstream.provider p on p.id = came.provider_id
    where n.number in (number_said, upper(number_said)) and c.disabled_at is null and c.org_path <@ p.org_path
      and not exists (select from upstream.link l where l.provider_id = came.provider_id and l.account_id = c.id)
      and (select count(*) from upstream.request r where r.person_id = n.id and r.state = 'waiting') < 5
    limit 1
  ), made as (
    insert into upstream.request (person_id, id, account_id, provider_id, subject_hash, subject_cipher, label_cipher, note_cipher, ip)
    select meant.person_id, wanted, meant.account_id, came.provider_id, came.subject_hash, came.subject_cipher, came.label_cipher, note, from_ip
    from came, meant on conflict (provider_id, subject_hash) where state = 'waiting' do nothing
    returning request.person_id, request.account_id, request.provider_id
  )
  select made.person_id, made.account_id, made.provider_id, meant.org_path::text from made join meant using (person_id)
$$;

-- The provider is another from now on: who came from it before is nobody's any more.
create function upstream.forget_waiting(provider uuid) returns void
language sql security definer set search_path = upstream, public, pg_temp as $$
  delete from upstream.attempt a where a.provider_id = provider;
  delete from upstream.arrival a where a.provider_id = provider;
  update upstream.request r set state = 'lapsed' where r.provider_id = provider and r.state = 'waiting';
$$;

-- How many accounts are linked at each provider: numbers, never whose.
create function upstream.usage(providers uuid[]) returns table (provider_id uuid, links int, used_at timestamptz)
language sql stable security definer set search_path = upstream, public, pg_temp as $$
  select l.provider_id, count(*)::int, max(l.used_at) from upstream.link l where l.provider_id = any (providers) group by l.provider_id
$$;

-- What is over: attempts and arrivals at once, requests that nobody decided within sixty days, decided ones after two years.
create function upstream.sweep() returns void language sql security definer set search_path = upstream, public, pg_temp as $$
  delete from upstream.attempt a where a.expires_at <= now();
  delete from upstream.arrival a where a.expires_at <= now();
  update upstream.request r set state = 'lapsed' where r.state = 'waiting' and r.asked_at < db.now() - interval '60 days';
  delete from upstream.request r where r.state <> 'waiting' and r.asked_at < db.now() - interval '2 years';
$$;

revoke execute on all functions in schema upstream from public;
grant execute on all functions in schema upstream to qiangshi_app;

-- Which other provider vouched for a session or a sign-in: its id and its names.
alter table access.session add column via jsonb;
alter table access.sign_in add column via jsonb;

-- A session that another vouched for is none in which somebody has just shown something of their own, where they have anything of their own to show.
create function access.vouch(wanted uuid, by jsonb) returns void language sql security definer set search_path = access, public, pg_temp as $$
  update access.session s set via = by, confirmed_at = case
      when exists (select from access.account a where a.id = s.account_id and a.password_hash is not null) or access.has_second(s.account_id)
      then now() - interval '15 minutes' else s.confirmed_at end
  where s.id = wanted
$$;
create function access.vouched(wanted uuid) returns jsonb language sql stable security definer set search_path = access, public, pg_temp as $$
  select s.via from access.session s where s.id = wanted
$$;
-- The link is gone: what it opened ends, but for the session in which that was done.
create function access.end_vouched(account uuid, provider uuid, keep uuid) returns void language sql security definer set search_path = access, public, pg_temp as $$
  delete from access.session s where s.account_id = account and s.via ->> 'id' = provider::text and s.id is distinct from keep
$$;
drop function access.note_sign_in(uuid, text, text, text, text, boolean);
create function access.note_sign_in(account uuid, outcome text, method text, ip text, agent text, new_device boolean, by jsonb default null) returns void
language sql security definer set search_path = access, public, pg_temp as $$
  insert into access.sign_in (account_id, outcome, method, ip, agent, new_device, via) values (account, outcome, method, ip, agent, new_device, by)
$$;
revoke execute on function access.vouch(uuid, jsonb), access.vouched(uuid), access.end_vouched(uuid, uuid, uuid),
  access.note_sign_in(uuid, text, text, text, text, boolean, jsonb) from public;
grant execute on function access.vouch(uuid, jsonb), access.vouched(uuid), access.end_vouched(uuid, uuid, uuid),
  access.note_sign_in(uuid, text, text, text, text, boolean, jsonb) to qiangshi_app;
