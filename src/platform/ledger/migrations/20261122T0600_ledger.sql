-- The learning ledger: append-only entries chained per person, periods that are locked with a sealed total.
create schema ledger;
grant usage on schema ledger to qiangshi_app;

create table ledger.entry (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  seq int not null,
  -- Where the person belonged when the entry was made: the school whose year it counts for.
  org_id uuid not null,
  org_path ltree not null,
  credit_year int not null,
  occurred_on date not null,
  kind text not null,
  level text not null,
  hours numeric(10, 2) not null,
  credits numeric(10, 2) not null,
  title text not null,
  source_kind text not null,
  source_id uuid not null,
  evidence jsonb not null default '{}',
  -- The parameter and pack version that derived the credits from the hours.
  rule jsonb not null default '{}',
  counter_of uuid,
  reason text,
  recorded_by uuid,
  recorded_at timestamptz not null default db.now(),
  hash bytea not null,
  primary key (person_id, id),
  unique (person_id, seq),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  foreign key (person_id, counter_of) references ledger.entry (person_id, id),
  check (counter_of is not null or (hours >= 0 and credits >= 0)),
  check (counter_of is null or reason is not null)
);
-- Nothing is entered twice for the same source, and nothing is taken back twice.
create unique index once_per_source on ledger.entry (person_id, source_kind, source_id, kind) where counter_of is null;
create unique index countered_once on ledger.entry (person_id, counter_of) where counter_of is not null;
create index on ledger.entry (org_id, credit_year) include (person_id, credits, hours);

create table ledger.head (
  person_id uuid primary key references directory.person (id),
  seq int not null,
  hash bytea not null
);

create table ledger.lock (
  org_id uuid not null,
  org_path ltree not null,
  credit_year int not null,
  people int not null,
  entries int not null,
  hours numeric(14, 2) not null,
  credits numeric(14, 2) not null,
  -- sha256 over the sorted hashes of all entries in the period.
  seal bytea not null,
  sealed_by uuid,
  sealed_at timestamptz not null default db.now(),
  primary key (org_id, credit_year),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);

-- Moves in the organisation tree change org_path and nothing else; all other changes are refused, the owner's too.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(old) - 'org_path' = to_jsonb(new) - 'org_path' then return new; end if;
  raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = '2F002';
end $$;
create trigger append_only before update or delete on ledger.entry for each row execute function ledger.refuse_change();
create trigger append_only before update or delete on ledger.lock for each row execute function ledger.refuse_change();
create trigger never_emptied before truncate on ledger.entry for each statement execute function ledger.refuse_change();
create trigger never_emptied before truncate on ledger.lock for each statement execute function ledger.refuse_change();

alter table ledger.entry enable row level security;
alter table ledger.entry force row level security;
create policy owner on ledger.entry to current_user using (true) with check (true);
create policy seen on ledger.entry to qiangshi_app
  using (exists (select from directory.person p where p.id = person_id))
  with check (exists (select from directory.person p where p.id = person_id));
alter table ledger.head enable row level security;
alter table ledger.head force row level security;
create policy owner on ledger.head to current_user using (true) with check (true);
create policy seen on ledger.head to qiangshi_app
  using (exists (select from directory.person p where p.id = person_id))
  with check (exists (select from directory.person p where p.id = person_id));
grant select, insert on ledger.entry, ledger.lock to qiangshi_app;
grant select, insert, update on ledger.head to qiangshi_app;

create function ledger.digest(previous bytea, e ledger.entry) returns bytea language sql immutable as $$
  select sha256(previous || convert_to(jsonb_build_array(e.person_id, e.id, e.seq, e.org_id, e.credit_year, e.occurred_on, e.kind, e.level,
    e.hours, e.credits, e.title, e.source_kind, e.source_id, e.evidence, e.rule, e.counter_of, e.reason, e.recorded_by,
    extract(epoch from e.recorded_at))::text, 'UTF8'))
$$;

-- Posts entries in one go, set-based, chained per person. Rows already in the ledger for the same source are left as they are and
-- not counted. Returns how many were written. Locked periods take counter-entries only.
create function ledger.post(rows jsonb) returns int language plpgsql as $$
declare
  round int := 0; written int; total int := 0; barred record;
begin
  create temporary table if not exists posting (
    like ledger.entry, turn int
  ) on commit drop;
  truncate posting;
  insert into ledger.head (person_id, seq, hash)
    select distinct r.person_id, 0, ''::bytea from jsonb_to_recordset(rows) as r(person_id uuid) on conflict do nothing;
  -- One order for everybody, so that two postings never wait for each other in a circle.
  perform from ledger.head h where h.person_id in (select r.person_id from jsonb_to_recordset(rows) as r(person_id uuid))
    order by h.person_id for update;
  insert into posting
    select n.person_id, n.id, 0, p.org_id, p.org_path, n.credit_year, n.occurred_on, n.kind, n.level, n.hours, n.credits, n.title, n.source_kind,
      n.source_id, coalesce(n.evidence, '{}'), coalesce(n.rule, '{}'), n.counter_of, n.reason, db.account(), db.now(), ''::bytea,
      row_number() over (partition by n.person_id order by n.occurred_on, n.id)
    from jsonb_to_recordset(rows) as n(person_id uuid, id uuid, credit_year int, occurred_on date, kind text, level text, hours numeric(10, 2),
      credits numeric(10, 2), title text, source_kind text, source_id uuid, evidence jsonb, rule jsonb, counter_of uuid, reason text)
    join directory.person p on p.id = n.person_id
    where n.counter_of is not null or not exists (select from ledger.entry e where e.person_id = n.person_id
      and e.source_kind = n.source_kind and e.source_id = n.source_id and e.kind = n.kind and e.counter_of is null);
  if exists (select from posting o where o.person_id = db.actor_person()) then
    raise exception 'ledger.own_entry' using errcode = 'QS001', detail = '{}';
  end if;
  -- A counter-entry belongs to the school and year of what it takes back.
  update posting o set org_id = e.org_id, org_path = e.org_path, credit_year = e.credit_year
    from ledger.entry e where e.person_id = o.person_id and e.id = o.counter_of;
  select l.credit_year, g.short_name into barred from posting o join ledger.lock l on l.org_id = o.org_id and l.credit_year = o.credit_year
    join directory.organisation g on g.id = l.org_id where o.counter_of is null limit 1;
  if found then
    raise exception 'ledger.locked' using errcode = 'QS001', detail = jsonb_build_object('year', barred.credit_year, 'org', barred.short_name)::text;
  end if;
  loop
    round := round + 1;
    update posting o set seq = h.seq + 1 from ledger.head h where h.person_id = o.person_id and o.turn = round;
    insert into ledger.entry
      select c.person_id, c.id, c.seq, c.org_id, c.org_path, c.credit_year, c.occurred_on, c.kind, c.level, c.hours, c.credits, c.title,
        c.source_kind, c.source_id, c.evidence, c.rule, c.counter_of, c.reason, c.recorded_by, c.recorded_at,
        ledger.digest(h.hash, row(c.person_id, c.id, c.seq, c.org_id, c.org_path, c.credit_year, c.occurred_on, c.kind, c.level, c.hours,
          c.credits, c.title, c.source_kind, c.source_id, c.evidence, c.rule, c.counter_of, c.reason, c.recorded_by, c.recorded_at, c.hash)::ledger.entry)
      from posting c join ledger.head h on h.person_id = c.person_id where c.turn = round;
    get diagnostics written = row_count;
    exit when written = 0;
    total := total + written;
    update ledger.head h set seq = e.seq, hash = e.hash from posting o join ledger.entry e on e.person_id = o.person_id and e.id = o.id
      where o.turn = round and h.person_id = o.person_id;
  end loop;
  return total;
end $$;

-- The first entry in the chains of all persons that does not give its hash any more; no row when all hold.
create function ledger.first_break() returns table (person_id uuid, entry_id uuid, seq int) language sql stable security definer
set search_path = ledger, public, pg_temp as $$
  select c.person_id, c.id, c.seq from (
    select e.person_id, e.id, e.seq, e.hash, e as entry, lag(e.hash, 1, ''::bytea) over w as previous, row_number() over w as expected
    from ledger.entry e window w as (partition by e.person_id order by e.seq)
  ) c
  where c.seq <> c.expected or ledger.digest(c.previous, c.entry) <> c.hash
  union all
  select h.person_id, null::uuid, h.seq from ledger.head h
  where h.seq > 0 and not exists (select from ledger.entry e where e.person_id = h.person_id and e.seq = h.seq and e.hash = h.hash)
  limit 1
$$;

-- The seal over a school's year: what it would be now.
create function ledger.seal_of(wanted_org uuid, wanted_year int) returns table (people int, entries int, hours numeric, credits numeric, seal bytea)
language sql stable security definer set search_path = ledger, public, pg_temp as $$
  select count(distinct e.person_id)::int, count(*)::int, coalesce(sum(e.hours), 0), coalesce(sum(e.credits), 0),
    sha256(coalesce(string_agg(e.hash, ''::bytea order by e.hash), ''::bytea))
  from ledger.entry e where e.org_id = wanted_org and e.credit_year = wanted_year
$$;
-- The seal over what was there when the lock was made: counter-entries came later and are left out.
create function ledger.broken_locks() returns table (org_id uuid, credit_year int) language sql stable security definer
set search_path = ledger, public, pg_temp as $$
  select l.org_id, l.credit_year from ledger.lock l
  where l.seal <> (select sha256(coalesce(string_agg(e.hash, ''::bytea order by e.hash), ''::bytea)) from ledger.entry e
    where e.org_id = l.org_id and e.credit_year = l.credit_year and e.recorded_at <= l.sealed_at
      and not (e.counter_of is not null and e.recorded_at > l.sealed_at))
$$;
grant execute on all functions in schema ledger to qiangshi_app;
