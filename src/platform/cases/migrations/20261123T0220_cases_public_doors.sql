-- What the public reaches without signing in, besides the notice itself: raising an objection against what is listed, and finding its answer again.
create unique index on cases.objection (code_hash);
create index on cases.notice (state, until_on) where state = 'open';

-- Which case stands at a place of an open list. Only the product asks; the answer is not handed on.
create function cases.notice_door(wanted text, place int) returns table (notice_id uuid, call_id uuid, stage text, application_id uuid, org_path text, from_on date, until_on date, state text)
language sql stable security definer set search_path = cases, public, pg_temp as $$
  select n.id, n.call_id, n.stage, a.id, a.org_path::text, n.from_on, n.until_on, n.state
  from cases.notice n join cases.notice_entry e on e.notice_id = n.id and e.nth = place join cases.application a on a.id = e.application_id
  where n.code = wanted and n.state <> 'withdrawn'
$$;
revoke execute on function cases.notice_door(text, int) from public;
grant execute on function cases.notice_door(text, int) to qiangshi_app;

-- Whoever holds the receipt learns how it stands; nothing of the case.
create function cases.objection_by_receipt(receipt bytea) returns table (kind text, state text, raised_at timestamptz, due_on date, answer text, answered_at timestamptz)
language sql stable security definer set search_path = cases, public, pg_temp as $$
  select o.kind, o.state, o.raised_at, o.due_on, o.answer, o.answered_at from cases.objection o where o.code_hash = receipt
$$;
revoke execute on function cases.objection_by_receipt(bytea) from public;
grant execute on function cases.objection_by_receipt(bytea) to qiangshi_app;

-- How often somebody has knocked in an hour, under a keyed hash of the hour and the address that cannot be led back to either; it stands apart from what they said.
create table cases.knock (
  whose bytea primary key,
  n int not null,
  until timestamptz not null
);
-- Counts one more, unless it would be more than `most`. Also forgets those of hours that are over.
create function cases.knock(knocking bytea, most int, ends timestamptz) returns boolean
language plpgsql security definer set search_path = cases, public, pg_temp as $$
declare
  counted int;
begin
  delete from cases.knock k where k.until < db.now();
  insert into cases.knock as k (whose, n, until) values (knocking, 1, ends) on conflict (whose) do update set n = k.n + 1 where k.n < most returning k.n into counted;
  return counted is not null;
end $$;
revoke execute on function cases.knock(bytea, int, timestamptz) from public;
grant execute on function cases.knock(bytea, int, timestamptz) to qiangshi_app;
