-- What is held about people is declared by modules; here lies what follows from it: notices, requests, exports, what was handed on, who looked, what has lapsed.
create schema privacy;
grant usage on schema privacy to qiangshi_app;

-- The declared tables, brought up to date by the owner at every start: the functions below touch no others.
create table privacy.held_table (
  name text primary key,
  holding text not null,
  -- The column that says whose a row is, and what it names.
  owner_column text not null,
  owner_is text not null check (owner_is in ('person', 'account', 'either')),
  -- Columns that are in no export: secrets, and what only the database needs.
  without text[] not null,
  -- The application may not read it: one's own rows are read by privacy.own_rows.
  closed boolean not null,
  -- SQL over the row `t`: since when its term runs; null while it does not.
  ends text,
  -- Set to null instead of deleting the row.
  clears text[] not null
);
grant select on privacy.held_table to qiangshi_app;

-- One's own rows of a table that the application may not read.
create function privacy.own_rows(wanted text) returns setof jsonb language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  h privacy.held_table;
begin
  select t.* into h from privacy.held_table t where t.name = wanted and t.closed;
  if not found then raise exception '% is no closed table', wanted using errcode = '42501'; end if;
  return query execute format('select to_jsonb(t) - $1 from %s t where t.%I = $2', wanted::regclass, h.owner_column)
    using h.without, case h.owner_is when 'person' then db.self() when 'account' then db.account() end;
end $$;
revoke execute on function privacy.own_rows(text) from public;
grant execute on function privacy.own_rows(text) to qiangshi_app;

-- Histories are append-only, except that they go with the row whose term is over.
create or replace function audit.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_table_name like '%\_history' and current_setting('privacy.expiring', true) = 'on' then return null; end if;
  raise exception '% is append-only', tg_table_schema || '.' || tg_table_name using errcode = '2F002';
end $$;

-- The permission that the act is under.
create function db.permission() returns text language sql stable parallel safe as $$ select current_setting('qiangshi.permission', true) $$;

-- How many rows have a term that was over before the day, by the declared table.
create function privacy.lapsed(wanted text, before date) returns bigint language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  h privacy.held_table; n bigint;
begin
  if (select db.permission()) is distinct from 'privacy.retention' then raise exception 'not permitted' using errcode = '42501'; end if;
  select t.* into h from privacy.held_table t where t.name = wanted and t.ends is not null;
  if not found then raise exception '% has no declared term', wanted using errcode = '42501'; end if;
  execute format('select count(*) from %s t where (%s)::timestamptz < $1::timestamp at time zone ''Asia/Shanghai'' %s', wanted::regclass, h.ends, privacy.left_to_clear(h)) into n using before;
  return n;
end $$;

create function privacy.left_to_clear(h privacy.held_table) returns text language sql immutable as $$
  select case when cardinality(h.clears) = 0 then '' else 'and (' || (select string_agg(format('t.%I is not null', c), ' or ') from unnest(h.clears) c) || ')' end
$$;

-- Deletes them, with their history, or clears what the declaration names; never what is younger than a day. Returns how many.
create function privacy.expire(wanted text, before date) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  h privacy.held_table; n bigint; past regclass := to_regclass(wanted || '_history'); condition text;
begin
  if (select db.permission()) is distinct from 'privacy.retention' then raise exception 'not permitted' using errcode = '42501'; end if;
  if before >= db.today() then raise exception 'a term has at least one day' using errcode = '42501'; end if;
  select t.* into h from privacy.held_table t where t.name = wanted and t.ends is not null;
  if not found then raise exception '% has no declared term', wanted using errcode = '42501'; end if;
  condition := format('(%s)::timestamptz < $1::timestamp at time zone ''Asia/Shanghai'' %s', h.ends, privacy.left_to_clear(h));
  perform set_config('privacy.expiring', 'on', true);
  if cardinality(h.clears) > 0 then
    execute format('update %s t set %s where %s', wanted::regclass, (select string_agg(format('%I = null', c), ', ') from unnest(h.clears) c), condition) using before;
    get diagnostics n = row_count;
  elsif past is not null then
    -- What is deleted files itself into the history first: both go.
    execute format('create temporary table expired_rows on commit drop as select t.%I as owner, t.id from %s t where %s', h.owner_column, wanted::regclass, condition) using before;
    execute format('delete from %s t using expired_rows x where t.%I = x.owner and t.id = x.id', wanted::regclass, h.owner_column);
    get diagnostics n = row_count;
    execute format('delete from %s t using expired_rows x where t.%I = x.owner and t.id = x.id', past, h.owner_column);
    drop table expired_rows;
  else
    execute format('delete from %s t where %s', wanted::regclass, condition) using before;
    get diagnostics n = row_count;
  end if;
  perform set_config('privacy.expiring', '', true);
  return n;
end $$;
revoke execute on function privacy.lapsed(text, date), privacy.expire(text, date) from public;
grant execute on function privacy.lapsed(text, date), privacy.expire(text, date) to qiangshi_app;

-- What lapsed on which day.
create table privacy.expired (
  day date not null,
  table_name text not null,
  parameter text not null,
  before date not null,
  rows bigint not null,
  primary key (day, table_name)
);
grant select, insert, update on privacy.expired to qiangshi_app;

-- The notice, version by version. Everybody may read it.
create table privacy.notice (
  version int primary key,
  content jsonb not null,
  hash text not null,
  -- Titles of what is new, is different, and is no more.
  changes jsonb not null,
  since timestamptz not null
);
create trigger append_only before update or delete or truncate on privacy.notice for each statement execute function audit.refuse_change();
grant select, insert on privacy.notice to qiangshi_app;

-- Whom people may turn to, by organisation; the nearest above somebody is theirs.
create table privacy.controller (
  org_id uuid primary key references directory.organisation (id),
  contact text not null,
  changed_at timestamptz not null default db.now()
);
grant select, insert, update on privacy.controller to qiangshi_app;

create table privacy.request (
  account_id uuid not null references access.account (id),
  id uuid not null,
  person_id uuid references directory.person (id),
  name text not null,
  org_id uuid not null,
  org_path ltree not null,
  -- The office that answers.
  office_id uuid not null references directory.organisation (id),
  kind text not null check (kind in ('copy', 'correct', 'delete', 'object', 'explain', 'close')),
  holding text,
  words text not null,
  state text not null default 'open' check (state in ('open', 'granted', 'refused', 'withdrawn')),
  asked_at timestamptz not null,
  due_on date not null,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  answered_by_name text,
  primary key (account_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  check ((state in ('granted', 'refused')) = (answer is not null))
);
create index on privacy.request using gist (org_path);
create index on privacy.request (due_on) where state = 'open';
alter table privacy.request enable row level security;
alter table privacy.request force row level security;
create policy owner on privacy.request to current_user using (true) with check (true);
create policy seen on privacy.request to qiangshi_app
  using (account_id = (select db.account()) or org_path <@ any ((select db.scope())::ltree[]))
  with check (account_id = (select db.account()) or org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on privacy.request to qiangshi_app;

-- One's own data as one file, sealed, for some days.
create table privacy.export (
  account_id uuid not null references access.account (id),
  id uuid not null,
  run_id uuid not null,
  asked_at timestamptz not null,
  ready_at timestamptz,
  expires_at timestamptz,
  bytes bigint,
  rows bigint,
  content_cipher bytea,
  taken_at timestamptz,
  primary key (account_id, id)
);
alter table privacy.export enable row level security;
alter table privacy.export force row level security;
create policy owner on privacy.export to current_user using (true) with check (true);
create policy seen on privacy.export to qiangshi_app using (account_id = (select db.account())) with check (account_id = (select db.account()));
grant select, insert, update on privacy.export to qiangshi_app;

-- What was handed to whom outside the product's own offices, and whose data were in it.
create table privacy.sharing (
  id uuid primary key,
  at timestamptz not null,
  kind text not null check (kind in ('platform', 'file', 'authority')),
  recipient text not null,
  purpose text not null,
  basis text not null check (basis in ('duty', 'consent')),
  kinds text[] not null,
  people int not null,
  account_id uuid,
  by_name text not null,
  org_path ltree references directory.organisation (path) on update cascade
);
create index on privacy.sharing using gist (org_path);
create table privacy.shared_person (
  person_id uuid not null references directory.person (id),
  sharing_id uuid not null references privacy.sharing (id) on delete cascade,
  primary key (person_id, sharing_id)
);
create index on privacy.shared_person (sharing_id);
alter table privacy.sharing enable row level security;
alter table privacy.sharing force row level security;
alter table privacy.shared_person enable row level security;
alter table privacy.shared_person force row level security;
create policy owner on privacy.sharing to current_user using (true) with check (true);
create policy owner on privacy.shared_person to current_user using (true) with check (true);
create policy noted on privacy.shared_person for insert to qiangshi_app with check (exists (select from directory.person p where p.id = person_id));
create policy seen on privacy.shared_person for select to qiangshi_app using (person_id = (select db.self()));
create policy noted on privacy.sharing for insert to qiangshi_app with check (account_id is not distinct from (select db.account()));
create policy seen on privacy.sharing for select to qiangshi_app using (
  account_id = (select db.account()) or org_path <@ any ((select db.scope())::ltree[])
  or exists (select from privacy.shared_person s where s.sharing_id = id and s.person_id = (select db.self())));
grant select, insert on privacy.sharing, privacy.shared_person to qiangshi_app;

-- A platform that somebody enters with the one sign-in learns what they let it learn: noted once a day.
create function privacy.note_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with entered as (
    select distinct on (n.account_id, n.platform_id) n.account_id, a.person_id, a.org_path, p.name, p.purpose, p.basis, n.scopes, n.used_at,
      -- The same platform, person and day give the same id.
      overlay(overlay(left(encode(sha256(convert_to(concat_ws(' ', n.platform_id, n.account_id, (n.used_at at time zone 'Asia/Shanghai')::date), 'UTF8')), 'hex'), 32)
        placing '8' from 13) placing '8' from 17)::uuid as id
    from became n join access.account a on a.id = n.account_id join sso.platform p on p.id = n.platform_id
    join was w on w.account_id = n.account_id and w.platform_id = n.platform_id
    where a.person_id is not null and n.used_at is distinct from w.used_at and n.used_at is not null
  ), noted as (
    insert into privacy.sharing (id, at, kind, recipient, purpose, basis, kinds, people, account_id, by_name, org_path)
    select e.id, e.used_at, 'platform', e.name, e.purpose, e.basis, e.scopes, 1, e.account_id, '', e.org_path from entered e
    on conflict do nothing
  )
  insert into privacy.shared_person (person_id, sharing_id) select e.person_id, e.id from entered e on conflict do nothing;
  return null;
end $$;
revoke execute on function privacy.note_entry() from public;
create trigger shared after update on sso.consent referencing old table as was new table as became for each statement execute function privacy.note_entry();

-- Who of the offices opened somebody's page: once a viewer and day.
create table privacy.look (
  person_id uuid not null references directory.person (id),
  day date not null,
  account_id uuid not null,
  what text not null,
  name text not null,
  org_id uuid,
  at timestamptz not null,
  primary key (person_id, day, account_id, what)
);
alter table privacy.look enable row level security;
alter table privacy.look force row level security;
create policy owner on privacy.look to current_user using (true) with check (true);
create policy noted on privacy.look for insert to qiangshi_app
  with check (account_id = (select db.account()) and exists (select from directory.person p where p.id = person_id));
create policy seen on privacy.look for select to qiangshi_app using (person_id = (select db.self()));
grant select, insert on privacy.look to qiangshi_app;

-- Kept because the law wants it, and for nothing else: of whom an account was closed who works here no more.
create table privacy.restriction (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  org_id uuid not null,
  org_path ltree not null,
  name text not null,
  number text not null,
  since timestamptz not null,
  reason text not null,
  by_name text not null,
  lifted_at timestamptz,
  lifted_why text,
  primary key (person_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create unique index on privacy.restriction (person_id) where lifted_at is null;
alter table privacy.restriction enable row level security;
alter table privacy.restriction force row level security;
create policy owner on privacy.restriction to current_user using (true) with check (true);
create policy seen on privacy.restriction to qiangshi_app
  using (org_path <@ any ((select db.scope())::ltree[])) with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on privacy.restriction to qiangshi_app;

-- Whose record is kept only, for acts that are not about just that. Asked once a statement, and hashed: some thousands cost nothing.
create function privacy.kept_only() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select r.person_id from privacy.restriction r where r.lifted_at is null and db.permission() not like 'privacy.%'
$$;
revoke execute on function privacy.kept_only() from public;
grant execute on function privacy.kept_only() to qiangshi_app;
create policy kept_only on directory.person as restrictive for select to qiangshi_app using (id not in (select k from privacy.kept_only() k));

-- The rest of an account's life: sessions, methods of signing in, consents, letters and calendar end with it. The trail of who signed in when stays.
create function privacy.close_account(wanted uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select db.permission()) is distinct from 'privacy.request.answer'
    or not exists (select from privacy.request r where r.account_id = wanted and r.kind = 'close' and r.state = 'granted' and r.org_path <@ any (db.scope()))
    then raise exception 'not permitted' using errcode = '42501'; end if;
  update access.account a set disabled_at = coalesce(a.disabled_at, db.now()) where a.id = wanted;
  delete from access.session s where s.account_id = wanted;
  delete from access.totp t where t.account_id = wanted;
  delete from access.passkey t where t.account_id = wanted;
  delete from access.recovery_code t where t.account_id = wanted;
  delete from access.device t where t.account_id = wanted;
  update sso.consent c set withdrawn_at = db.now() where c.account_id = wanted and c.withdrawn_at is null;
  delete from inbox.feed t where t.account_id = wanted;
  delete from inbox.address_claim t where t.account_id = wanted;
  delete from inbox.notices t where t.account_id = wanted;
  update privacy.export e set content_cipher = null, expires_at = db.now() where e.account_id = wanted;
end $$;
revoke execute on function privacy.close_account(uuid) from public;
grant execute on function privacy.close_account(uuid) to qiangshi_app;
