-- Schools that become part of another on a day: entered beforehand, done on the day by itself, taken back until then.
create table records.school_merge (
  id uuid primary key,
  to_id uuid not null,
  to_path ltree not null,
  from_ids uuid[] not null check (cardinality(from_ids) > 0),
  "on" date not null,
  -- Codes of posts that go on at the school that takes over; all others end with the day.
  keep_posts text[] not null default '{}',
  -- Whether the school that takes over joins the clusters of those that close.
  join_clusters boolean not null default true,
  reason text not null,
  state text not null default 'planned' check (state in ('planned', 'done', 'withdrawn')),
  planned_by uuid,
  planned_at timestamptz not null default db.now(),
  done_at timestamptz,
  -- People moved, posts ended and kept, roles ended, clusters joined.
  outcome jsonb,
  foreign key (to_id, to_path) references directory.organisation (id, path) on update cascade
);
alter table records.school_merge enable row level security;
alter table records.school_merge force row level security;
create policy owner on records.school_merge to current_user using (true) with check (true);
create policy seen on records.school_merge to qiangshi_app
  using (to_path <@ any ((select db.scope())::ltree[])) with check (to_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on records.school_merge to qiangshi_app;

-- School years that a school has taken over into the next: what everybody teaches was looked at.
create table records.year_roll (
  org_id uuid not null,
  -- The year in which the school year begins.
  year int not null,
  org_path ltree not null,
  people int not null,
  teaching_ended int not null,
  posts_ended int not null,
  done_by uuid,
  done_at timestamptz not null,
  primary key (org_id, year),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
alter table records.year_roll enable row level security;
alter table records.year_roll force row level security;
create policy owner on records.year_roll to current_user using (true) with check (true);
create policy seen on records.year_roll to qiangshi_app
  using (org_path <@ any ((select db.scope())::ltree[])) with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on records.year_roll to qiangshi_app;

-- Who came to and went from organisations in scope within a span: every main employment that began or ended in it. Of people who have left
-- the scope it says no more than their old school knew.
create function records.turnover(since date, until date, within ltree) returns table (
  person_id uuid, number text, name text, org_id uuid, org_path ltree, "on" date, came boolean, other_id uuid, other_name text, category text, reason text, seen boolean
) language plpgsql stable security definer rows 5000 set search_path = records, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  wanted ltree[] := db.scope();
begin
  return query
  with stint as materialized (
    select e.person_id, e.org_id, e.org_path, e.during, e.category, e.end_reason from directory.employment e
    where e.kind = 'main' and e.org_path <@ any (wanted) and (within is null or e.org_path <@ within)
      and (lower(e.during) >= since and lower(e.during) < until or upper(e.during) >= since and upper(e.during) < until)
  ), moved as (
    select s.person_id, s.org_id, s.org_path, lower(s.during) as "on", true as came, b.org_id as other_id, s.category, b.end_reason
    from stint s left join directory.employment b on b.person_id = s.person_id and b.kind = 'main' and upper(b.during) = lower(s.during)
    where lower(s.during) >= since and lower(s.during) < until and b.org_id is distinct from s.org_id
    union all
    select s.person_id, s.org_id, s.org_path, upper(s.during), false, n.org_id, s.category, s.end_reason
    from stint s left join directory.employment n on n.person_id = s.person_id and n.kind = 'main' and lower(n.during) = upper(s.during)
    where upper(s.during) >= since and upper(s.during) < until and n.org_id is distinct from s.org_id
  )
  select m.person_id, p.number, p.name, m.org_id, m.org_path, m."on", m.came, m.other_id, o.short_name, m.category, m.end_reason,
    p.org_path <@ any (wanted)
  from moved m join directory.person p on p.id = m.person_id and p.merged_into is null left join directory.organisation o on o.id = m.other_id;
end $$;
revoke execute on function records.turnover(date, date, ltree) from public;
grant execute on function records.turnover(date, date, ltree) to qiangshi_app;

-- How many were employed at each organisation in scope on a day, whoever sees them now.
create function records.employed_at(day date) returns table (org_path ltree, people bigint) language plpgsql stable security definer
set search_path = records, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  wanted ltree[] := db.scope();
begin
  return query select e.org_path, count(*) from directory.employment e join directory.person p on p.id = e.person_id and p.merged_into is null
    where e.kind = 'main' and e.during @> day and e.org_path <@ any (wanted) group by e.org_path;
end $$;

-- What else is kept under organisations in scope, by table: it stays where it is when a school closes.
create function records.kept_under(orgs uuid[]) returns table (rel text, held bigint) language plpgsql stable security definer
set search_path = records, public, pg_temp as $$
declare
  ref record; mine uuid[] := array(select o.id from directory.organisation o where o.id = any (orgs) and o.path <@ any (db.scope()));
begin
  for ref in select format('%I.%I', n.nspname, k.relname) as rel, a.attname as col from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      join pg_class k on k.oid = c.conrelid join pg_namespace n on n.oid = k.relnamespace
    where c.contype = 'f' and c.confrelid = 'directory.organisation'::regclass and a.attname = 'org_id' order by 1
  loop
    execute format('select count(*) from %s t where t.%I = any ($1)', ref.rel, ref.col) into held using mine;
    rel := ref.rel;
    if held > 0 then return next; end if;
  end loop;
end $$;
revoke execute on function records.employed_at(date), records.kept_under(uuid[]) from public;
grant execute on function records.employed_at(date), records.kept_under(uuid[]) to qiangshi_app;
