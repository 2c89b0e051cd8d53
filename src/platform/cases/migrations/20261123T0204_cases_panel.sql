-- A meeting of experts on the cases of a stage.
create table cases.panel (
  id uuid primary key,
  call_id uuid not null references cases.call (id),
  stage text not null,
  org_id uuid not null,
  org_path ltree not null,
  name text not null,
  held_on date not null,
  place text not null default '',
  -- open: members are named; sitting: attendance is fixed, votes are taken; closed: counted; signed: the minutes stand.
  state text not null default 'open' check (state in ('open', 'sitting', 'closed', 'signed')),
  -- How members were drawn: {seed, nth, pool: [accountId], taken}; the lowest of sha256('<seed>:panel:<stage>:<nth>:<accountId>') sit.
  draw jsonb,
  -- {documentId, label, verifyCode, digest, issuedAt}
  minutes jsonb,
  revision int not null default 1,
  made_by uuid not null references access.account (id),
  made_at timestamptz not null default db.now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create table cases.seat (
  panel_id uuid not null references cases.panel (id),
  account_id uuid not null references access.account (id),
  person_id uuid references directory.person (id),
  name text not null,
  employer text not null,
  chair boolean not null default false,
  present boolean,
  signed_at timestamptz,
  primary key (panel_id, account_id)
);
create table cases.agenda (
  panel_id uuid not null references cases.panel (id),
  application_id uuid not null references cases.application (id),
  nth int not null,
  -- What the members see, blind where the call says so.
  paper_id uuid references cases.paper (id),
  -- As the members see it: {name, org} or, read blind, {number}; {track, score, content}.
  shown jsonb not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'voting', 'counted')),
  ayes int,
  noes int,
  blanks int,
  -- Members present and not recused when the vote was opened.
  entitled int,
  passed boolean,
  primary key (panel_id, application_id)
);
create index on cases.agenda (application_id);
-- Takes seat and vote away for one case.
create table cases.recusal (
  panel_id uuid not null references cases.panel (id),
  application_id uuid not null references cases.application (id),
  account_id uuid not null references access.account (id),
  -- All but `declared`, which the member or the office says, are found by rule.
  kind text not null check (kind in ('self', 'same_school', 'same_studio', 'mentor', 'co_author', 'relative', 'declared')),
  why text not null default '',
  primary key (panel_id, application_id, account_id)
);
-- Who has voted, without when. What was voted lies in the urn: one row for a case, ballots in the order of the hashes of their receipts, so
-- that neither order, time nor transaction joins a voter to a ballot.
create table cases.voted (
  panel_id uuid not null references cases.panel (id),
  application_id uuid not null references cases.application (id),
  account_id uuid not null references access.account (id),
  primary key (panel_id, application_id, account_id)
);
create table cases.urn (
  panel_id uuid not null,
  application_id uuid not null,
  -- [{receipt: hex of the hash, ballot: 'aye' | 'no' | 'blank'}]
  ballots jsonb not null default '[]',
  primary key (panel_id, application_id),
  foreign key (panel_id, application_id) references cases.agenda (panel_id, application_id)
);

create function cases.sits(wanted uuid) returns boolean language sql stable security definer set search_path = cases, public, pg_temp as $$
  select exists (select from cases.seat s where s.panel_id = wanted and s.account_id = db.account())
$$;
create function cases.convenes(wanted uuid) returns boolean language sql stable security definer set search_path = cases, public, pg_temp as $$
  select exists (select from cases.panel p where p.id = wanted and p.org_path <@ any (db.scope()))
$$;
revoke execute on function cases.sits(uuid), cases.convenes(uuid) from public;
grant execute on function cases.sits(uuid), cases.convenes(uuid) to qiangshi_app;

alter table cases.panel enable row level security;
alter table cases.panel force row level security;
create policy owner on cases.panel to current_user using (true) with check (true);
create policy seen on cases.panel to qiangshi_app using (org_path <@ any ((select db.scope())::ltree[]) or cases.sits(id))
  with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update, delete on cases.panel to qiangshi_app;
do $$
declare t text;
begin
  foreach t in array array['seat', 'agenda', 'recusal', 'voted'] loop
    execute format('alter table cases.%I enable row level security', t);
    execute format('alter table cases.%I force row level security', t);
    execute format('create policy owner on cases.%I to current_user using (true) with check (true)', t);
    execute format('create policy seen on cases.%I to qiangshi_app using (cases.convenes(panel_id) or cases.sits(panel_id)) with check (cases.convenes(panel_id) or cases.sits(panel_id))', t);
  end loop;
end $$;
grant select, insert, update, delete on cases.seat to qiangshi_app;
grant select, insert, delete on cases.agenda to qiangshi_app;
grant update (nth, state, ayes, noes, blanks, entitled, passed) on cases.agenda to qiangshi_app;
grant select, insert, delete on cases.recusal to qiangshi_app;
-- Members read what lies before the meeting, but for the cases that they are recused from.
create policy sat on cases.paper for select to qiangshi_app using (exists (select from cases.agenda g
  where g.paper_id = cases.paper.id and cases.sits(g.panel_id) and not exists (
    select from cases.recusal r where r.panel_id = g.panel_id and r.application_id = g.application_id and r.account_id = (select db.account()))));
grant select on cases.voted to qiangshi_app;
-- The urn is closed to everybody: ballots go in, counts come out.
alter table cases.urn enable row level security;
alter table cases.urn force row level security;
create policy owner on cases.urn to current_user using (true) with check (true);

-- One ballot of the acting account, put in under the hash of a receipt that only the voter holds.
create function cases.cast_ballot(panel uuid, application uuid, receipt bytea, choice text) returns text language plpgsql security definer
set search_path = cases, public, pg_temp as $$
declare
  held cases.agenda;
begin
  if choice not in ('aye', 'no', 'blank') then return 'choice'; end if;
  select * into held from cases.agenda g where g.panel_id = panel and g.application_id = application for update;
  if held.state is distinct from 'voting' then return 'closed'; end if;
  if not exists (select from cases.seat s where s.panel_id = panel and s.account_id = db.account() and s.present) then return 'seat'; end if;
  if exists (select from cases.recusal r where r.panel_id = panel and r.application_id = application and r.account_id = db.account()) then return 'recused'; end if;
  insert into cases.voted (panel_id, application_id, account_id) values (panel, application, db.account()) on conflict do nothing;
  if not found then return 'voted'; end if;
  insert into cases.urn as u (panel_id, application_id, ballots)
    values (panel, application, jsonb_build_array(jsonb_build_object('receipt', encode(receipt, 'hex'), 'ballot', choice)))
    on conflict (panel_id, application_id) do update set ballots =
      (select jsonb_agg(b order by b ->> 'receipt') from jsonb_array_elements(u.ballots || excluded.ballots) as b);
  return 'cast';
end $$;
-- Whether a ballot with this receipt lies in the urn, and what it says: for whoever holds the receipt.
create function cases.ballot_of(panel uuid, application uuid, receipt bytea) returns text language sql stable security definer
set search_path = cases, public, pg_temp as $$
  select b ->> 'ballot' from cases.urn u, jsonb_array_elements(u.ballots) b
  where u.panel_id = panel and u.application_id = application and b ->> 'receipt' = encode(receipt, 'hex') and cases.sits(panel)
$$;
-- Counts a case whose vote is open, for the office that convened the meeting; the urn itself stays closed.
create function cases.count_ballots(panel uuid, application uuid) returns table (ayes int, noes int, blanks int) language plpgsql security definer
set search_path = cases, public, pg_temp as $$
declare
  came uuid[];
begin
  if not exists (select from cases.panel p where p.id = panel and p.org_path <@ any (db.scope())) then
    raise exception 'no such meeting' using errcode = '42501';
  end if;
  perform from cases.agenda g where g.panel_id = panel and g.application_id = application and g.state = 'voting' for update;
  if not found then raise exception 'no vote is open' using errcode = '2F002'; end if;
  -- Who voted is written anew in the order of the accounts, and the urn with it: afterwards neither the place of a row nor the transaction
  -- that wrote it tells who came when.
  select array_agg(v.account_id order by v.account_id) into came from cases.voted v where v.panel_id = panel and v.application_id = application;
  delete from cases.voted v where v.panel_id = panel and v.application_id = application;
  insert into cases.voted (panel_id, application_id, account_id) select panel, application, a from unnest(came) as a;
  update cases.urn u set ballots = u.ballots where u.panel_id = panel and u.application_id = application;
  return query select count(*) filter (where b ->> 'ballot' = 'aye')::int, count(*) filter (where b ->> 'ballot' = 'no')::int,
      count(*) filter (where b ->> 'ballot' = 'blank')::int
    from (select) one left join cases.urn u on u.panel_id = panel and u.application_id = application left join jsonb_array_elements(u.ballots) b on true;
end $$;
revoke execute on function cases.cast_ballot(uuid, uuid, bytea, text), cases.ballot_of(uuid, uuid, bytea), cases.count_ballots(uuid, uuid) from public;
grant execute on function cases.cast_ballot(uuid, uuid, bytea, text), cases.ballot_of(uuid, uuid, bytea), cases.count_ballots(uuid, uuid) to qiangshi_app;

-- A meeting only goes forward: attendance is fixed once it sits, recusals of a case once its vote is open, everything once it is closed but
-- for signatures, and those too once the minutes are signed.
create function cases.meeting_stands() returns trigger language plpgsql security definer set search_path = cases, public, pg_temp as $$
declare
  row jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  was text;
begin
  select p.state into was from cases.panel p where p.id = (row ->> 'panel_id')::uuid;
  if was = 'open' or was = 'sitting' and (
      tg_table_name = 'agenda' and tg_op = 'UPDATE'
      or tg_table_name = 'recusal' and exists (select from cases.agenda g
        where g.panel_id = (row ->> 'panel_id')::uuid and g.application_id = (row ->> 'application_id')::uuid and g.state = 'waiting'))
    or was = 'closed' and tg_table_name = 'seat' and tg_op = 'UPDATE'
      and to_jsonb(old) - 'signed_at' = to_jsonb(new) - 'signed_at' and to_jsonb(old) ->> 'signed_at' is null
  then return case when tg_op = 'DELETE' then old else new end; end if;
  raise exception 'the meeting stands as it is: %', was using errcode = '2F002';
end $$;
create trigger stands before insert or update or delete on cases.seat for each row execute function cases.meeting_stands();
create trigger stands before insert or update or delete on cases.agenda for each row execute function cases.meeting_stands();
create trigger stands before insert or update or delete on cases.recusal for each row execute function cases.meeting_stands();
create function cases.panel_goes_on() returns trigger language plpgsql as $$
declare
  states text[] := array['open', 'sitting', 'closed', 'signed'];
begin
  if tg_op = 'DELETE' and old.state = 'open' then return old; end if;
  if tg_op = 'UPDATE' and old.state <> 'signed' and array_position(states, new.state) between array_position(states, old.state) and array_position(states, old.state) + 1
  then return new; end if;
  raise exception 'the meeting stands as it is: %', old.state using errcode = '2F002';
end $$;
create trigger goes_on before update or delete on cases.panel for each row execute function cases.panel_goes_on();

-- Signs the minutes for the acting account, if it sat there; the last signature closes them for ever. One after the other, so that two who
-- sign at once do not each wait for the other.
create function cases.sign_minutes(panel uuid) returns text language plpgsql security definer set search_path = cases, public, pg_temp as $$
declare
  was text;
begin
  select p.state into was from cases.panel p where p.id = panel for update;
  if was is distinct from 'closed' then return coalesce(was, 'none'); end if;
  update cases.seat s set signed_at = db.now() where s.panel_id = panel and s.account_id = db.account() and s.present and s.signed_at is null;
  if not found then return 'not_asked'; end if;
  if exists (select from cases.seat s where s.panel_id = panel and s.present and s.signed_at is null) then return 'one'; end if;
  update cases.panel p set state = 'signed', revision = p.revision + 1 where p.id = panel;
  return 'all';
end $$;
revoke execute on function cases.sign_minutes(uuid) from public;
grant execute on function cases.sign_minutes(uuid) to qiangshi_app;

-- A file of a paper that lies before the meeting, for members who are not recused from the case: its content, under no name.
create function cases.sat_file(panel uuid, application uuid, at int) returns table (sha256 text, media_type text) language sql stable security definer
set search_path = cases, public, pg_temp as $$
  select f.sha256, f.media_type from cases.agenda g join cases.paper p on p.id = g.paper_id
    join files.file f on f.id = (p.files -> (sat_file.at - 1) ->> 'fileId')::uuid
  where g.panel_id = panel and g.application_id = application and sat_file.at > 0 and cases.sits(panel)
    and not coalesce((p.files -> (sat_file.at - 1) ->> 'held')::boolean, false) and not exists (
      select from cases.recusal r where r.panel_id = panel and r.application_id = application and r.account_id = db.account())
$$;
revoke execute on function cases.sat_file(uuid, uuid, int) from public;
grant execute on function cases.sat_file(uuid, uuid, int) to qiangshi_app;
