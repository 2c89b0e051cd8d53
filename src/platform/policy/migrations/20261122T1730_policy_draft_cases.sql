-- Worked cases that people write beside a set in a draft; its adoption keeps them with the version.
alter table policy.draft add column cases jsonb not null default '{}';
comment on column policy.draft.cases is 'set → its cases, in order';
grant update (cases) on policy.draft to qiangshi_app;

create or replace function policy.keep_editors() returns trigger language plpgsql as $$
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
  if (new.title, new.why, new.from_on, new.basis, new.parameters, new.sets, new.cases, new.base) is distinct from
      (old.title, old.why, old.from_on, old.basis, old.parameters, old.sets, old.cases, old.base)
      or new.state = 'submitted' and old.state <> 'submitted' then
    new.editors := array(select distinct e from unnest(old.editors || db.account()) as e where e is not null);
  end if;
  return new;
end $$;

-- As before, and the worked cases: `content` has also cases: [case].
create or replace function policy.adopt(wanted uuid, read_revision int, version text, content jsonb) returns void language plpgsql security definer
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
    insert into policy.pack_case (version_id, nth, declared)
      select version, r.nth - 1, r.held from jsonb_array_elements(content -> 'cases') with ordinality as r(held, nth);
  end if;
  insert into policy.pack (authority, origin, version_id, since) values (d.authority, 'adopted', version, db.now())
    on conflict (authority, origin) do update set version_id = excluded.version_id, since = excluded.since;
  update policy.draft set state = 'adopted', decided_by = db.account(), version_id = version, revision = d.revision + 1 where id = wanted;
end $$;
