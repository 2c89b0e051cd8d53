-- Who did what to whom, when, from where, before and after. Append-only; a sealer links the committed events into one hash chain.
create schema audit;
grant usage on schema audit to qiangshi_app;

create table audit.event (
  id uuid primary key,
  at timestamptz not null default db.now(),
  account_id uuid,
  person_id uuid,
  actor text not null,
  ip text,
  permission text not null,
  action text not null,
  subject_kind text,
  subject_id uuid,
  about_person uuid,
  org_path ltree,
  before jsonb,
  after jsonb,
  wall timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id()
);
create index on audit.event (at desc, id desc);
create index on audit.event (about_person, at desc) where about_person is not null;
create index on audit.event (subject_id, at desc) where subject_id is not null;
create index on audit.event using gist (org_path);

create table audit.link (
  seq bigint primary key,
  event_id uuid not null unique references audit.event (id),
  hash bytea not null
);

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_schema || '.' || tg_table_name using errcode = '2F002';
end $$;
create trigger append_only before update or delete or truncate on audit.event for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on audit.link for each statement execute function audit.refuse_change();

alter table audit.event enable row level security;
alter table audit.event force row level security;
create policy owner on audit.event to current_user using (true) with check (true);
create policy written on audit.event for insert to qiangshi_app with check (true);
-- An auditor reads the acts on organisations in scope; everybody reads what was done to their own data.
create policy seen on audit.event for select to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[]) or about_person = (select db.self())
);
grant select, insert on audit.event to qiangshi_app;
grant select on audit.link to qiangshi_app;

create function audit.digest(previous bytea, e audit.event) returns bytea language sql immutable as $$
  select sha256(coalesce(previous, '') || convert_to(jsonb_build_array(
    e.id, extract(epoch from e.at), e.account_id, e.person_id, e.actor, e.ip, e.permission, e.action, e.subject_kind, e.subject_id,
    e.about_person, e.org_path::text, e.before, e.after)::text, 'UTF8'))
$$;

-- Links every event whose transaction is certain to have ended. Returns how many were linked.
create function audit.seal() returns int language plpgsql security definer set search_path = audit, public, pg_temp as $$
declare
  last_seq bigint; last_hash bytea; e audit.event; linked int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('audit.seal'));
  select l.seq, l.hash into last_seq, last_hash from audit.link l order by l.seq desc limit 1;
  for e in
    select ev.* from audit.event ev
    where not exists (select from audit.link l where l.event_id = ev.id)
      and (ev.xid < pg_snapshot_xmin(pg_current_snapshot()) or ev.wall < clock_timestamp() - interval '15 minutes')
    order by ev.wall, ev.id
  loop
    last_seq := coalesce(last_seq, 0) + 1;
    last_hash := audit.digest(last_hash, e);
    insert into audit.link (seq, event_id, hash) values (last_seq, e.id, last_hash);
    linked := linked + 1;
  end loop;
  return linked;
end $$;
grant execute on function audit.seal() to qiangshi_app;

-- The first link whose event no longer gives its hash, is gone, or does not follow; no row when the chain holds.
create function audit.first_break() returns table (seq bigint, event_id uuid) language sql stable security definer
set search_path = audit, public, pg_temp as $$
  select c.seq, c.event_id from (
    select k.seq, k.event_id, k.hash, e as event, lag(k.hash) over w as previous, row_number() over w as expected
    from audit.link k left join audit.event e on e.id = k.event_id window w as (order by k.seq)
  ) c
  where c.event is null or c.seq <> c.expected or audit.digest(c.previous, c.event) <> c.hash
  order by c.seq limit 1
$$;
grant execute on function audit.first_break() to qiangshi_app;
