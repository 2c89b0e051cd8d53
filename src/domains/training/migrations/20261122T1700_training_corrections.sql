-- What became of an objection, what was sealed with a year, who was not admitted, and when a class is planned.

-- The credit year that an objection is about: that of its entry; for a missing one the year stated, or the one in which it was raised.
alter table training.objection add column year int;
update training.objection x set year = coalesce(
  (select e.credit_year from ledger.entry e where e.person_id = x.person_id and e.id = x.entry_id),
  extract(year from x.raised_at at time zone 'Asia/Shanghai')::int);
alter table training.objection alter column year set not null;
-- How an upheld one was settled, and the entry that came of it.
alter table training.objection add column remedy text check (remedy in ('take_back', 'correct', 'enter'));
alter table training.objection add column new_entry_id uuid;
alter table training.objection add check (remedy is null or state = 'upheld');
create index on training.objection (year) where state = 'open';

-- The figures of a school as they were sealed; those of years that were locked before this are counted as far as the seal has them.
alter table training.audit add column teachers int, add column compliant int, add column entries int, add column credits numeric(14, 2);
update training.audit a set entries = l.entries, credits = l.credits
  from ledger.lock l where l.org_id = a.org_id and l.credit_year = a.year and a.state = 'locked';

alter table training.enrolment drop constraint enrolment_state_check;
alter table training.enrolment add constraint enrolment_state_check check (state in
  ('proposed', 'accepted', 'waiting', 'confirmed', 'declined', 'withdrawn', 'passed', 'failed', 'not_admitted'));

-- When a class is meant to be held, as far as that is known before its sessions are.
alter table training.class add column planned_from date, add column planned_until date;
alter table training.class add constraint planned_in_order check
  ((planned_from is null) = (planned_until is null) and planned_from <= planned_until);

-- Where everybody in the asker's scope belonged between two days, as far as today: the last main post that reaches into the time;
-- whoever has no post on record at all counts where they are. Asked by the owner, once, because the policies would ask person by person.
create function training.placed(first_day date, next_day date) returns table (person_id uuid, org_id uuid)
language plpgsql stable security definer rows 5000 set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  wanted ltree[] := db.scope();
  own uuid := db.self();
  span daterange := daterange(first_day, greatest(least(next_day, db.today() + 1), first_day + 1));
begin
  return query
    select p.id, case when n.person_id is null then p.org_id else n.org_id end
    from directory.person p left join (
      select e.person_id, (array_agg(e.org_id order by lower(e.during) desc) filter (where e.during && span))[1] as org_id
      from directory.employment e where e.kind = 'main' group by e.person_id
    ) n on n.person_id = p.id
    where (p.org_path <@ any (wanted) or p.id = own) and (n.person_id is null or n.org_id is not null);
end $$;
revoke execute on function training.placed(date, date) from public;
grant execute on function training.placed(date, date) to qiangshi_app;
