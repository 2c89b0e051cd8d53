-- Where the asker sees everybody, the one pass over all entries is shared between processes: each sums people in the order of the index, and the sums
-- are merged. It has settings of its own because the planner takes handing rows over for dear and a table of all people in memory for cheap.
create function ledger.sums_of_all(first_year int, last_year int, kinds text[], levels text[], sums text)
returns table (person_id uuid, credits numeric, part numeric, last_credits numeric, hours numeric, last_hours numeric, last_entries bigint)
language plpgsql stable security definer rows 200000
set search_path = ledger, public, pg_temp set plan_cache_mode = force_custom_plan
set parallel_setup_cost = 0 set parallel_tuple_cost = 0 set enable_hashagg = off as $$
begin
  return query execute sums || 'ledger.entry e where e.credit_year between $1 and $2 group by e.person_id' using first_year, last_year, kinds, levels;
end $$;
revoke execute on function ledger.sums_of_all(int, int, text[], text[], text) from public;

create or replace function ledger.sums(first_year int, last_year int, within ltree, kinds text[], levels text[], asked text[])
returns table (person_id uuid, credits numeric, part numeric, last_credits numeric, hours numeric, last_hours numeric, last_entries bigint)
language plpgsql stable security definer rows 200000
set search_path = ledger, public, pg_temp set plan_cache_mode = force_custom_plan set enable_nestloop = on as $$
declare
  wanted ltree[] := db.scope();
  sums text := format('select e.person_id, sum(e.credits), %s, %s, %s, %s, %s from ',
    case when 'part' = any (asked) then 'coalesce(sum(e.credits) filter (where e.kind = any ($3) and e.level = any ($4)), 0)' else '0::numeric' end,
    case when 'last' = any (asked) then 'coalesce(sum(e.credits) filter (where e.credit_year = $2), 0)' else '0::numeric' end,
    case when 'hours' = any (asked) then 'sum(e.hours)' else '0::numeric' end,
    case when 'last_hours' = any (asked) then 'coalesce(sum(e.hours) filter (where e.credit_year = $2), 0)' else '0::numeric' end,
    case when 'last' = any (asked) then 'count(*) filter (where e.credit_year = $2)' else '0::bigint' end);
begin
  if (select bool_and(o.path <@ any (wanted) and (within is null or o.path <@ within)) from directory.organisation o where o.parent_id is null) then
    return query select s.* from ledger.sums_of_all(first_year, last_year, kinds, levels, sums) s;
  else
    return query execute sums || 'directory.person p join ledger.entry e on e.person_id = p.id and e.credit_year between $1 and $2'
      || ' where (p.org_path <@ any ($5) or p.id = $6) and ($7 is null or p.org_path <@ $7) group by e.person_id'
      using first_year, last_year, kinds, levels, wanted, db.self(), within;
  end if;
end $$;
