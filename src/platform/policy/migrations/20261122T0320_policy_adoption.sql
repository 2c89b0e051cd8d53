-- Two layers for an authority: what people adopted in the product stands over what its folder says. What was in force when is kept for ever.
alter table policy.pack_version add column origin text not null default 'file' check (origin in ('file', 'adopted'));
alter table policy.pack add column origin text not null default 'file' check (origin in ('file', 'adopted'));
alter table policy.pack drop constraint pack_pkey;
alter table policy.pack add primary key (authority, origin);

-- The second axis of time: which version was known to hold from when.
create table policy.in_force (
  nth bigint generated always as identity primary key,
  authority text not null,
  origin text not null,
  version_id text not null references policy.pack_version (id),
  since timestamptz not null default db.now()
);
create index on policy.in_force (authority, origin, since desc);
insert into policy.in_force (authority, origin, version_id, since)
  select p.authority, p.origin, p.version_id, p.since from policy.pack p order by p.since, p.authority;
create trigger immutable before update or delete or truncate on policy.in_force for each statement execute function audit.refuse_change();

create function policy.keep_in_force() returns trigger language plpgsql as $$
begin
  insert into policy.in_force (authority, origin, version_id, since) values (new.authority, new.origin, new.version_id, db.now());
  return null;
end $$;
create trigger kept after insert on policy.pack for each row execute function policy.keep_in_force();
create trigger kept_again after update on policy.pack for each row
  when (old.version_id is distinct from new.version_id) execute function policy.keep_in_force();

-- The layers that hold for an authority, nearest first: what it adopted, its file, then the same of the one it extends. With an instant: as
-- they were known then; before anything was loaded the first file counts.
create function policy.layers(wanted text, known timestamptz default null)
returns table (depth int, authority text, origin text, version_id text) language sql stable parallel safe as $$
  with recursive held as materialized (
    select p.authority, p.origin, p.version_id from policy.pack p where known is null
    union all
    (select distinct on (f.authority, f.origin) f.authority, f.origin, f.version_id from policy.in_force f
      where known is not null and (f.since <= known or f.origin = 'file')
      order by f.authority, f.origin, f.since <= known desc, case when f.since <= known then f.since end desc,
        case when f.since <= known then -f.nth else f.nth end)
  ), chain as (
    select h.authority, v.extends, 0 as up from held h join policy.pack_version v on v.id = h.version_id
      where h.authority = wanted and h.origin = 'file'
    union all
    select h.authority, v.extends, c.up + 1 from chain c
      join held h on h.authority = c.extends and h.origin = 'file' join policy.pack_version v on v.id = h.version_id
  )
  select (row_number() over (order by c.up, h.origin))::int - 1, h.authority, h.origin, h.version_id
  from chain c join held h on h.authority = c.authority
$$;

-- Changes that are tried, shared, submitted with a date, and adopted by a second person.
create table policy.draft (
  id uuid primary key,
  authority text not null,
  -- The organisation whose policy it is.
  org_id uuid not null,
  org_path ltree not null,
  title text not null,
  why text not null default '',
  from_on date not null,
  basis jsonb,
  -- parameter → {value, clause?, permission?, note?}; set → the set as declared, with its version from the draft's day
  parameters jsonb not null default '{}',
  sets jsonb not null default '{}',
  -- The layers that it was written over.
  base text[] not null,
  -- What came out when it was submitted.
  effect jsonb,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'adopted', 'sent_back', 'withdrawn')),
  revision int not null default 1,
  made_by uuid not null references access.account (id),
  readers uuid[] not null default '{}',
  writers uuid[] not null default '{}',
  -- Everybody who had a hand in it; kept by the database.
  editors uuid[] not null default '{}',
  submitted_at timestamptz,
  decided_by uuid references access.account (id),
  version_id text references policy.pack_version (id),
  changed_at timestamptz not null default db.now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  constraint second_person check (state <> 'adopted' or (decided_by is not null and decided_by <> all (editors))),
  constraint has_basis check (state not in ('submitted', 'adopted') or basis is not null),
  check ((state = 'adopted') = (version_id is not null))
);
create index on policy.draft using gist (org_path);

create function policy.keep_editors() returns trigger language plpgsql as $$
begin
  new.changed_at := db.now();
  if tg_op = 'INSERT' then
    new.editors := array[new.made_by];
    return new;
  end if;
  new.made_by := old.made_by;
  new.editors := old.editors;
  if old.state = 'adopted' then
    raise exception 'an adopted draft stands as it is' using errcode = '2F002';
  end if;
  if (new.title, new.why, new.from_on, new.basis, new.parameters, new.sets, new.base) is distinct from
      (old.title, old.why, old.from_on, old.basis, old.parameters, old.sets, old.base)
      or new.state = 'submitted' and old.state <> 'submitted' then
    new.editors := array(select distinct e from unnest(old.editors || db.account()) as e where e is not null);
  end if;
  return new;
end $$;
create trigger editors before insert or update on policy.draft for each row execute function policy.keep_editors();

-- One's own until it is shared or submitted; then of everybody whose permission reaches the organisation.
alter table policy.draft enable row level security;
alter table policy.draft force row level security;
create policy owner on policy.draft to current_user using (true) with check (true);
create policy seen on policy.draft to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[])
  and (submitted_at is not null or (select db.account()) in (select made_by union all select unnest(readers || writers)))
) with check (org_path <@ any ((select db.scope())::ltree[]) and state <> 'adopted');
grant select, insert on policy.draft to qiangshi_app;
grant update (title, why, from_on, basis, parameters, sets, base, effect, state, revision, readers, writers, submitted_at, changed_at)
  on policy.draft to qiangshi_app;

-- What was done with it, by whom, in their words.
create table policy.draft_step (
  draft_id uuid not null references policy.draft (id),
  nth bigint generated always as identity,
  act text not null,
  by_account uuid not null,
  by_name text not null,
  at timestamptz not null default db.now(),
  note text,
  primary key (draft_id, nth)
);
create trigger immutable before update or delete or truncate on policy.draft_step for each statement execute function audit.refuse_change();
alter table policy.draft_step enable row level security;
alter table policy.draft_step force row level security;
create policy owner on policy.draft_step to current_user using (true) with check (true);
create policy seen on policy.draft_step to qiangshi_app using (exists (select from policy.draft d where d.id = draft_id))
  with check (by_account = (select db.account()) and exists (select from policy.draft d where d.id = draft_id));
grant select, insert on policy.draft_step to qiangshi_app;
grant select on policy.in_force to qiangshi_app;

-- Puts the adopted layer of a draft's authority into force. The only way for the application to bring rules into force: it is done once, on
-- what was submitted, over the layers that it was written over, by somebody else than who wrote it.
-- `content`: {parameters: [{id, like, …}], values: [rows of parameter_value], requirements: [{id, declared}]}; `like` names the version that the
-- parameter's title and unit are taken from.
create function policy.adopt(wanted uuid, read_revision int, version text, content jsonb) returns void language plpgsql security definer
set search_path = policy, public, pg_temp as $$
declare
  d policy.draft;
  blank policy.parameter_value;
begin
  -- No limit is the null of JSON, which a record would take for nothing.
  blank.value := 'null';
  perform pg_advisory_xact_lock(hashtext('policy.load'));
  select * into d from policy.draft where id = wanted for update;
  if d.id is null or not d.org_path <@ any (db.scope()) or current_setting('qiangshi.permission', true) <> 'policy.adopt' then
    raise exception 'no draft to adopt' using errcode = '42501';
  end if;
  if d.state <> 'submitted' or d.revision <> read_revision then
    raise exception 'the draft is not what was submitted' using errcode = '2F002';
  end if;
  if d.base is distinct from (select array_agg(l.version_id order by l.depth) from policy.layers(d.authority) l) then
    raise exception 'the draft was written over other layers' using errcode = '2F002';
  end if;
  if version not like d.authority || '@%' then
    raise exception 'the version is of another authority' using errcode = '2F002';
  end if;
  if not exists (select from policy.pack_version v where v.id = version) then
    insert into policy.pack_version (id, authority, name, extends, origin)
      select version, v.authority, v.name, v.extends, 'adopted' from policy.pack p join policy.pack_version v on v.id = p.version_id
      where p.authority = d.authority and p.origin = 'file';
    insert into policy.parameter
      select made.* from jsonb_array_elements(content -> 'parameters') as r(held)
      join policy.parameter q on q.id = r.held ->> 'id' and q.version_id = r.held ->> 'like'
      cross join lateral jsonb_populate_record(q, r.held || jsonb_build_object('version_id', version)) as made;
    insert into policy.parameter_value
      select made.* from jsonb_array_elements(content -> 'values') as r(held)
      cross join lateral jsonb_populate_record(blank,
        case when r.held -> 'value' = 'null' then r.held - 'value' else r.held end || jsonb_build_object('version_id', version)) as made;
    insert into policy.requirement
      select made.* from jsonb_array_elements(content -> 'requirements') as r(held)
      cross join lateral jsonb_populate_record(null::policy.requirement, r.held || jsonb_build_object('version_id', version)) as made;
  end if;
  insert into policy.pack (authority, origin, version_id, since) values (d.authority, 'adopted', version, db.now())
    on conflict (authority, origin) do update set version_id = excluded.version_id, since = excluded.since;
  update policy.draft set state = 'adopted', decided_by = db.account(), version_id = version, revision = d.revision + 1 where id = wanted;
end $$;
revoke execute on function policy.adopt(uuid, int, text, jsonb) from public;
grant execute on function policy.adopt(uuid, int, text, jsonb) to qiangshi_app;
