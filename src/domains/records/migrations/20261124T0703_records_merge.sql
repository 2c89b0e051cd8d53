-- Merging two entries of one person, with a journal from which they can be taken apart again. What refers to a person is found in the
-- catalog: every foreign key to directory.person, whoever declared it.
create table records.merge (
  keep_id uuid not null,
  id uuid not null,
  gone_id uuid not null,
  reason text not null,
  -- The names of the fields that were taken over, and what stood there before.
  taken text[] not null,
  before jsonb not null,
  merged_by uuid,
  merged_at timestamptz not null default db.now(),
  undo_until date not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (keep_id, id)
);
create table records.merge_row (
  keep_id uuid not null,
  merge_id uuid not null,
  ord int not null,
  -- Rows of one part were moved by one statement: a row, and what hangs on it by a key of several columns.
  part int not null,
  what text not null check (what in ('moved', 'dropped', 'stays', 'closed')),
  rel text not null,
  col text not null,
  -- Of rows that were moved or stay: their key without the person. Of dropped ones: the whole row.
  held jsonb not null,
  "constraint" text,
  primary key (keep_id, merge_id, ord),
  foreign key (keep_id, merge_id) references records.merge (keep_id, id)
);
do $$
declare
  name text;
begin
  foreach name in array array['merge', 'merge_row'] loop
    execute format('alter table records.%I enable row level security', name);
    execute format('alter table records.%I force row level security', name);
    execute format('create policy owner on records.%I to current_user using (true) with check (true)', name);
    execute format('create policy seen on records.%I to qiangshi_app using (exists (select from directory.person p where p.id = keep_id))', name);
    execute format('grant select on records.%I to qiangshi_app', name);
  end loop;
end $$;
-- What is specially guarded (sanctions, handlings for ethics, bars) goes along unseen: whoever merges does not learn that there is any.
alter policy seen on records.merge_row using (exists (select from directory.person p where p.id = keep_id)
  and rel not in ('records.sanction', 'records.ethics_handling', 'records.bar'));

-- The name of a table with its schema, whatever the search path.
create function records.named(rel regclass) returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = rel
$$;

-- Every column that refers to a person. Frozen: rows that nobody may rewrite, and the heads of chains of such rows.
create function records.person_references() returns table (rel regclass, col name, att int2, frozen boolean) language sql stable
set search_path = pg_catalog, pg_temp as $$
  select c.conrelid::regclass, a.attname, a.attnum,
    c.conrelid = to_regclass('ledger.head') or exists (select from pg_trigger t join pg_proc f on f.oid = t.tgfoid
      where t.tgrelid = c.conrelid and not t.tgisinternal and f.proname = 'refuse_change')
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  where c.contype = 'f' and c.confrelid = to_regclass('directory.person') and cardinality(c.conkey) = 1
$$;

-- The primary key of a row without the column that names the person.
create function records.key_of(rel regclass, col name, held jsonb) returns jsonb language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_object_agg(a.attname, held -> a.attname::text) filter (where a.attname <> col), '{}')
  from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
  where i.indrelid = rel and i.indisprimary
$$;

-- Merges, in the transaction of the asker and within the asker's scope. `taken`: name, sex, birthDate, identity of the entry that goes.
create function records.merge_people(merge uuid, keep uuid, gone uuid, taken text[], why text, until date) returns void
language plpgsql security definer set search_path = records, public, pg_temp as $merge$
declare
  k directory.person; g directory.person;
  ref record; one record; child record;
  parts text; tells text; moved jsonb; next int := 0; part int := 0; nth int; broken text; ids text;
begin
  perform from directory.person p where p.id in (keep, gone) order by p.id for update;
  select * into k from directory.person p where p.id = keep and p.merged_into is null and p.org_path <@ any (db.scope());
  select * into g from directory.person p where p.id = gone and p.merged_into is null and p.org_path <@ any (db.scope());
  if k.id is null or g.id is null or keep = gone then raise exception 'records.merge_not_in_scope' using errcode = 'QS001', detail = '{}'; end if;
  if k.moves_on is not null or g.moves_on is not null then raise exception 'records.merge_moves' using errcode = 'QS001', detail = '{}'; end if;
  insert into records.merge (keep_id, id, gone_id, reason, taken, before, merged_by, undo_until)
    values (keep, merge, gone, why, taken, jsonb_build_object('name', k.name, 'pinyin', k.pinyin, 'initials', k.initials, 'sex', k.sex, 'birth_date', k.birth_date,
      'org_id', k.org_id), db.account(), until);
  -- Somebody with two accounts keeps one: the other is closed and stays with the stub.
  if exists (select from access.account a where a.person_id = keep) then
    for one in update access.account a set disabled_at = db.now() where a.person_id = gone and a.disabled_at is null returning a.id loop
      insert into records.merge_row values (keep, merge, next, part, 'closed', 'access.account', 'person_id', jsonb_build_object('id', one.id), null);
      next := next + 1; part := part + 1;
      delete from access.session s where s.account_id = one.id;
    end loop;
  end if;
  for ref in select * from records.person_references() r order by records.named(r.rel), r.col loop
    for one in execute format('select t.ctid as at, to_jsonb(t) as held from %s t where t.%I = $1 order by t.ctid', ref.rel, ref.col) using gone loop
      part := part + 1;
      if ref.frozen or ref.rel = 'access.account'::regclass and exists (select from access.account a where a.person_id = keep) then
        insert into records.merge_row values (keep, merge, next, part, 'stays', records.named(ref.rel), ref.col, records.key_of(ref.rel, ref.col, one.held), null);
        next := next + 1;
        continue;
      end if;
      -- The row, and rows of other tables that hang on it by a key in which the person stands: all in one statement.
      parts := format('m as (update %s t set %I = $1 where t.ctid = $2 returning 1)', ref.rel, ref.col);
      tells := 'select null::jsonb as told where false';
      nth := 0;
      for child in
        select c.conrelid::regclass as rel, (select a.attname from pg_attribute a where a.attrelid = c.conrelid and a.attnum = c.conkey[array_position(c.confkey, ref.att)]) as col,
          (select string_agg(format('to_jsonb(c.%I) = $4 -> %L', own.attname, theirs.attname), ' and ')
            from unnest(c.conkey, c.confkey) u(o, t) join pg_attribute own on own.attrelid = c.conrelid and own.attnum = u.o
            join pg_attribute theirs on theirs.attrelid = c.confrelid and theirs.attnum = u.t where u.t <> ref.att) as same
        from pg_constraint c where c.contype = 'f' and c.confrelid = ref.rel and c.conrelid <> c.confrelid and cardinality(c.conkey) > 1 and ref.att = any (c.confkey)
        order by records.named(c.conrelid)
      loop
        nth := nth + 1;
        parts := parts || format(', c%s as (update %s c set %I = $1 where c.%I = $3 and %s returning to_jsonb(c) as held)', nth, child.rel, child.col, child.col, child.same);
        tells := tells || format(' union all select jsonb_build_object(''rel'', %L, ''col'', %L, ''held'', records.key_of(%L::regclass, %L, c%s.held)) from c%s',
          records.named(child.rel), child.col, records.named(child.rel), child.col, nth, nth);
      end loop;
      begin
        execute format('with %s select jsonb_agg(x.told) from (%s) x', parts, tells) into moved using keep, one.at, gone, one.held;
        insert into records.merge_row values (keep, merge, next, part, 'moved', records.named(ref.rel), ref.col, records.key_of(ref.rel, ref.col, one.held), null);
        insert into records.merge_row select keep, merge, next + x.nth, part, 'moved', x.told ->> 'rel', x.told ->> 'col', x.told -> 'held', null
          from jsonb_array_elements(coalesce(moved, '[]')) with ordinality x (told, nth);
        next := next + 1 + jsonb_array_length(coalesce(moved, '[]'));
      exception
        when unique_violation or exclusion_violation then
          get stacked diagnostics broken = constraint_name;
          begin
            execute format('delete from %s t where t.ctid = $1', ref.rel) using one.at;
            insert into records.merge_row values (keep, merge, next, part, 'dropped', records.named(ref.rel), ref.col, one.held, broken);
          exception when integrity_constraint_violation or raise_exception or sqlstate '2F002' or sqlstate 'QS001' then
            insert into records.merge_row values (keep, merge, next, part, 'stays', records.named(ref.rel), ref.col, records.key_of(ref.rel, ref.col, one.held), broken);
          end;
          next := next + 1;
        when integrity_constraint_violation or raise_exception or sqlstate '2F002' or sqlstate 'QS001' then
          insert into records.merge_row values (keep, merge, next, part, 'stays', records.named(ref.rel), ref.col, records.key_of(ref.rel, ref.col, one.held), null);
          next := next + 1;
      end;
    end loop;
  end loop;
  delete from records.finding f where f.person_id = gone;
  delete from records.twin t where gone in (t.person_id, t.other_id);
  if 'identity' = any (taken) then perform records.swap_identity(keep, gone); end if;
  update directory.person p set merged_into = keep where p.id = gone;
  update directory.person p set
      name = case when 'name' = any (taken) then g.name else p.name end, pinyin = case when 'name' = any (taken) then g.pinyin else p.pinyin end,
      initials = case when 'name' = any (taken) then g.initials else p.initials end, sex = case when 'sex' = any (taken) then g.sex else p.sex end,
      birth_date = case when 'birthDate' = any (taken) then g.birth_date else p.birth_date end
    where p.id = keep;
  perform records.settle_where(keep);
end $merge$;

-- Identity numbers change places: both stay sealed as they are, and no two people ever have the same one.
create function records.swap_identity(one uuid, other uuid) returns void language plpgsql security definer set search_path = records, public, pg_temp as $$
declare
  names text; cleared text; a directory.person; b directory.person;
begin
  select string_agg(quote_ident(t.attname), ', '), string_agg(format('%I = null', t.attname), ', ') filter (where not t.attnotnull) into names, cleared
  from pg_attribute t where t.attrelid = 'directory.person'::regclass and t.attname like 'id\_%' and not t.attisdropped;
  select * into a from directory.person p where p.id = one;
  select * into b from directory.person p where p.id = other;
  execute format('update directory.person p set %s where p.id in ($1, $2)', cleared) using one, other;
  execute format('update directory.person p set (%1$s) = (select %2$s from (select ($3::directory.person).*) x) where p.id = $1', names,
    (select string_agg('x.' || trim(n), ', ') from unnest(string_to_array(names, ',')) n)) using one, other, b;
  execute format('update directory.person p set (%1$s) = (select %2$s from (select ($3::directory.person).*) x) where p.id = $2', names,
    (select string_agg('x.' || trim(n), ', ') from unnest(string_to_array(names, ',')) n)) using one, other, a;
end $$;

-- A person belongs where the main employment of today is; without one, where it was.
create function records.settle_where(who uuid) returns void language sql security definer set search_path = records, public, pg_temp as $$
  update directory.person p set org_id = e.org_id, org_path = o.path from directory.employment e join directory.organisation o on o.id = e.org_id
  where p.id = who and e.person_id = who and e.kind = 'main' and e.during @> db.today() and e.org_id <> p.org_id
$$;

-- Takes a merge apart: rows go back as far as they are still there. Returns how many went back, and how many could not.
create function records.unmerge_people(merge uuid, keep uuid) returns table (back int, kept_back int)
language plpgsql security definer set search_path = records, public, pg_temp as $undo$
declare
  m records.merge; one record; parts text; n int; columns text; held jsonb;
begin
  back := 0; kept_back := 0;
  perform from directory.person p where p.id = keep and p.merged_into is null and p.org_path <@ any (db.scope()) for update;
  if not found then raise exception 'records.merge_not_in_scope' using errcode = 'QS001', detail = '{}'; end if;
  select * into m from records.merge x where x.keep_id = keep and x.id = merge and x.undone_at is null for update;
  if m.id is null then raise exception 'records.merge_not_in_scope' using errcode = 'QS001', detail = '{}'; end if;
  update directory.person p set merged_into = null where p.id = m.gone_id;
  for one in select r.part, array_agg(r order by r.ord) as rows from records.merge_row r where r.keep_id = keep and r.merge_id = merge group by r.part order by r.part desc loop
    begin
      if one.rows[1].what = 'moved' then
        select string_agg(format('u%s as (update %s t set %I = %L where t.%I = %L and to_jsonb(t) @> %L::jsonb returning 1)', x.ord, x.rel, x.col, m.gone_id, x.col, keep, x.held), ', '),
          string_agg(format('(select count(*) from u%s)', x.ord), ' + ') into parts, columns
        from unnest(one.rows) x;
        execute format('with %s select (%s)::int', parts, columns) into n;
        back := back + n;
        kept_back := kept_back + cardinality(one.rows) - n;
      elsif one.rows[1].what = 'dropped' then
        held := one.rows[1].held;
        -- The tree may have moved since.
        if held ? 'org_id' and held ? 'org_path' then
          held := held || jsonb_build_object('org_path', (select o.path from directory.organisation o where o.id = (held ->> 'org_id')::uuid));
        end if;
        select string_agg(quote_ident(a.attname), ', ') into columns from pg_attribute a
          where a.attrelid = one.rows[1].rel::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
        execute format('insert into %1$s (%2$s) select %2$s from jsonb_populate_record(null::%1$s, $1)', one.rows[1].rel, columns) using held;
        back := back + 1;
      elsif one.rows[1].what = 'closed' then
        update access.account a set disabled_at = null where a.id = (one.rows[1].held ->> 'id')::uuid;
      end if;
    exception when integrity_constraint_violation or raise_exception or sqlstate '2F002' or sqlstate 'QS001' then
      kept_back := kept_back + cardinality(one.rows);
    end;
  end loop;
  if 'identity' = any (m.taken) then perform records.swap_identity(keep, m.gone_id); end if;
  update directory.person p set
      name = case when 'name' = any (m.taken) then m.before ->> 'name' else p.name end, pinyin = case when 'name' = any (m.taken) then m.before ->> 'pinyin' else p.pinyin end,
      initials = case when 'name' = any (m.taken) then m.before ->> 'initials' else p.initials end, sex = case when 'sex' = any (m.taken) then m.before ->> 'sex' else p.sex end,
      birth_date = case when 'birthDate' = any (m.taken) then (m.before ->> 'birth_date')::date else p.birth_date end
    where p.id = keep;
  update directory.person p set org_id = o.id, org_path = o.path from directory.organisation o where p.id = keep and o.id = (m.before ->> 'org_id')::uuid and o.id <> p.org_id
    and not exists (select from directory.employment e where e.person_id = keep and e.kind = 'main' and e.during @> db.today());
  perform records.settle_where(keep), records.settle_where(m.gone_id);
  update records.merge x set undone_at = db.now(), undone_by = db.account() where x.keep_id = keep and x.id = merge;
  return next;
end $undo$;
revoke execute on function records.named(regclass), records.person_references(), records.key_of(regclass, name, jsonb), records.merge_people(uuid, uuid, uuid, text[], text, date),
  records.swap_identity(uuid, uuid), records.settle_where(uuid), records.unmerge_people(uuid, uuid) from public;
grant execute on function records.merge_people(uuid, uuid, uuid, text[], text, date), records.unmerge_people(uuid, uuid) to qiangshi_app;

-- What the entry that went was called, for those who see the one that stayed.
create function records.stub(wanted uuid) returns table (name text, number text) language sql stable security definer set search_path = records, public, pg_temp as $$
  select s.name, s.number from records.merge m join directory.person k on k.id = m.keep_id and k.org_path <@ any (db.scope()) join directory.person s on s.id = m.gone_id
  where m.gone_id = wanted limit 1
$$;
revoke execute on function records.stub(uuid) from public;
grant execute on function records.stub(uuid) to qiangshi_app;
