-- Tables, the calendar of working days, amounts under names and the default day of retirement, the same as in the program.

-- The cell of a table {axes, rows} for its keys in order; null where there is none or a key is unknown.
create function policy.lookup(given jsonb, keys jsonb) returns numeric language sql immutable parallel safe strict as $$
  select (r.held ->> 'is')::numeric
  from jsonb_array_elements(given -> 'rows') with ordinality as r(held, nth)
  where jsonb_array_length(keys) = jsonb_array_length(given -> 'axes')
    and not exists (
      select from jsonb_array_elements(given -> 'axes') with ordinality as a(axis, place)
      cross join lateral (select keys ->> (a.place - 1)::int as asked, jsonb_typeof(keys -> (a.place - 1)::int) as kind,
        r.held -> (a.axis ->> 'id') as own) k
      where not coalesce(case
        when a.axis ? 'bands' then case when k.kind = 'number' then
          coalesce(k.asked::numeric >= (k.own ->> 0)::numeric, true) and coalesce(k.asked::numeric < (k.own ->> 1)::numeric, true) end
        when k.kind = 'string' then k.own ? k.asked end, false))
  order by r.nth limit 1
$$;

create function policy.min_of(amounts jsonb) returns numeric language sql immutable parallel safe strict as $$
  select min(e.value::numeric) from jsonb_each_text(amounts) e
$$;
create function policy.max_of(amounts jsonb) returns numeric language sql immutable parallel safe strict as $$
  select max(e.value::numeric) from jsonb_each_text(amounts) e
$$;
create function policy.count_of(amounts jsonb, wanted numeric) returns numeric language sql immutable parallel safe strict as $$
  select count(*)::numeric from jsonb_each_text(amounts) e where e.value::numeric >= wanted
$$;
create function policy.capped(amounts jsonb, caps jsonb) returns jsonb language sql immutable parallel safe strict as $$
  select coalesce(jsonb_object_agg(e.key, coalesce(least(e.value::numeric, (caps ->> e.key)::numeric), e.value::numeric)::text), '{}')
  from jsonb_each_text(amounts) e
$$;
create function policy.reaches(amounts jsonb, minima jsonb) returns boolean language sql immutable parallel safe strict as $$
  select coalesce(bool_and(coalesce((amounts ->> e.key)::numeric, 0) >= e.value::numeric), true) from jsonb_each_text(minima) e
$$;

-- Whole seats in proportion: whole parts first, then by the largest rest, the larger amount, the name.
create function policy.largest_remainder(amounts jsonb, seats numeric) returns jsonb language sql immutable parallel safe strict as $$
  with e as (
    select a.key, a.value::numeric as size, sum(a.value::numeric) over () as total, min(a.value::numeric) over () as smallest
    from jsonb_each_text(amounts) a
  ), p as (
    select e.key, e.size, div(trunc(seats) * e.size, nullif(e.total, 0)) as whole, mod(trunc(seats) * e.size, nullif(e.total, 0)) as rest
    from e where e.smallest >= 0 and e.total > 0 and trunc(seats) >= 0
  ), ranked as (
    select p.key, p.whole, trunc(seats) - sum(p.whole) over () as remaining,
      row_number() over (order by p.rest desc, p.size desc, p.key collate "C") as place
    from p
  )
  select jsonb_object_agg(r.key, (r.whole + case when r.place <= r.remaining then 1 else 0 end)::text) from ranked r
$$;

-- Weekdays, or days of weekends, of a list, in order and once each. Of a list that is the same for everybody this is worked out once.
create function policy.weekdays_of(days date[]) returns date[] language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct d.day order by d.day), '{}') from unnest(days) as d(day) where (d.day - date '0001-01-01') % 7 < 5
$$;
create function policy.weekends_of(days date[]) returns date[] language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct d.day order by d.day), '{}') from unnest(days) as d(day) where (d.day - date '0001-01-01') % 7 >= 5
$$;
-- The next four take such lists. They are no more than an expression each, which the planner writes out.
-- Whether the calendar says what is free in the year of a day: a notice comes for each year.
create function policy.calendar_covers(off_days date[], asked date) returns boolean language sql immutable parallel safe as $$
  select extract(year from asked) between extract(year from off_days[1]) and extract(year from off_days[cardinality(off_days)])
$$;
-- Mondays to Fridays up to and with a day.
create function policy.weekdays_until(day date) returns int language sql immutable parallel safe as $$
  select (day - date '0001-01-01') / 7 * 5 + least((day - date '0001-01-01') % 7 + 1, 5)
$$;
-- Working days after the first day up to and with the second, below zero where the second comes first, whatever the calendar covers.
create function policy.working_between(since date, until date, off_days date[], on_days date[]) returns int language sql immutable parallel safe as $$
  select policy.weekdays_until(until) - policy.weekdays_until(since)
    - width_bucket(until, off_days) + width_bucket(since, off_days) + width_bucket(until, on_days) - width_bucket(since, on_days)
$$;
create function policy.working_days(since date, until date, off_days date[], on_days date[]) returns numeric language sql immutable parallel safe as $$
  select case when policy.calendar_covers(off_days, since) and policy.calendar_covers(off_days, until)
    then policy.working_between(since, until, off_days, on_days)::numeric end
$$;
create function policy.add_working_days(day date, days numeric, off_days date[], on_days date[]) returns date language plpgsql immutable parallel safe strict as $$
declare
  wanted int;
  lacking int;
  reached date;
begin
  if abs(trunc(days)) > 10000 or policy.calendar_covers(off_days, day) is not true then return null; end if;
  wanted := trunc(days)::int;
  reached := case when wanted < 0 then day - 1 else day end;
  loop
    lacking := abs(wanted) - case when wanted < 0 then policy.working_between(reached, day - 1, off_days, on_days)
      else policy.working_between(day, reached, off_days, on_days) end;
    exit when lacking <= 0;
    reached := case when wanted < 0 then reached - lacking else reached + lacking end;
    if reached < date '0001-01-01' then return null; end if;
  end loop;
  if wanted < 0 then reached := reached + 1; end if;
  return case when policy.calendar_covers(off_days, reached) then reached end;
end
$$;

-- The decision of 2024-09-13: `age` years; from births of the year `born_from` a month later for every `step` months of birth begun, at most `most`.
create function policy.retirement_on(born date, figures jsonb) returns date language sql immutable parallel safe strict as $$
  select case when abs(f.age) <= 200 then policy.add_months(born, f.age * 12 + case
      when f.step >= 1 and f.since >= 0 then least(floor(f.since / f.step) + 1, f.most) else 0 end) end
  from (select trunc((figures ->> 'age')::numeric) as age, trunc((figures ->> 'step')::numeric) as step,
      coalesce(trunc((figures ->> 'most')::numeric), 0) as most,
      (extract(year from born) - trunc((figures ->> 'born_from')::numeric)) * 12 + extract(month from born) - 1 as since) f
$$;
