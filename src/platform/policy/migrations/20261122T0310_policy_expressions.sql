-- What expressions of requirement sets call, the same as in the program: null in, null out; amounts in millionths.
create function policy.quotient(a numeric, b numeric) returns numeric language sql immutable parallel safe as $$
  select case when b = 0 then null
    else sign(a) * sign(b) * div(abs(a) * 2000000 + abs(b), abs(b) * 2) * 0.000001 end
$$;

create function policy.lesser(a numeric, b numeric) returns numeric language sql immutable parallel safe as $$
  select case a <= b when true then a when false then b end
$$;
create function policy.greater(a numeric, b numeric) returns numeric language sql immutable parallel safe as $$
  select case a >= b when true then a when false then b end
$$;

create function policy.amount(amounts jsonb, name text) returns numeric language sql immutable parallel safe strict as $$
  select coalesce((amounts ->> name)::numeric, 0)
$$;
create function policy.sum_of(amounts jsonb) returns numeric language sql immutable parallel safe strict as $$
  select coalesce(sum(e.value::numeric), 0) from jsonb_each_text(amounts) e
$$;
create function policy.sum_of(amounts jsonb, names text[]) returns numeric language sql immutable parallel safe strict as $$
  select coalesce(sum(e.value::numeric), 0) from jsonb_each_text(amounts) e where e.key = any (names)
$$;

-- Whole years and months as a birthday counts them.
create function policy.full_months(since date, until date) returns numeric language sql immutable parallel safe as $$
  select (extract(year from until) - extract(year from since)) * 12 + extract(month from until) - extract(month from since)
    - case extract(day from until) < extract(day from since) when true then 1 else 0 end
$$;
create function policy.full_years(since date, until date) returns numeric language sql immutable parallel safe as $$
  select extract(year from until) - extract(year from since)
    - case (extract(month from until), extract(day from until)) < (extract(month from since), extract(day from since)) when true then 1 else 0 end
$$;

-- Null before the year 1000 and after 9999, and for more than a million steps.
create function policy.within(day timestamp) returns date language sql immutable parallel safe as $$
  select case day between '1000-01-01' and '9999-12-31' when true then day::date end
$$;
create function policy.add_months(day date, months numeric) returns date language sql immutable parallel safe as $$
  select case abs(trunc(months)) <= 12000000 when true then policy.within(day + make_interval(months => least(greatest(trunc(months), -12 * extract(year from day)), 200000)::int)) end
$$;
create function policy.add_days(day date, days numeric) returns date language sql immutable parallel safe as $$
  select case abs(trunc(days)) <= 1000000 when true then policy.within((day + trunc(days)::int)::timestamp) end
$$;
