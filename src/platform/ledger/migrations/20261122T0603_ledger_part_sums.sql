-- Sums of everybody in the asker's scope, below `within` where it is given: credits over the years, both ends included, and what `asked` names beside
-- them: `last` credits and number of entries of the last year, `part` of the credits those of some kinds at some levels, `hours`, `last_hours`; zero where
-- not asked. People without entries are absent. By the owner, once a person, because the policies would ask for every entry; it joins by the
-- size of the scope at hand, whatever its caller prefers.
drop function ledger.sums(int, int, ltree);
create function ledger.sums(first_year int, last_year int, within ltree, kinds text[], levels text[], asked text[])
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
  years text := ' e.credit_year between $1 and $2 ';
begin
  if (select bool_and(o.path <@ any (wanted) and (within is null or o.path <@ within)) from directory.organisation o where o.parent_id is null) then
    -- All there are: one pass over the entries.
    return query execute sums || 'ledger.entry e where' || years || 'group by e.person_id' using first_year, last_year, kinds, levels;
  else
    return query execute sums || 'directory.person p join ledger.entry e on e.person_id = p.id and' || years
      || 'where (p.org_path <@ any ($5) or p.id = $6) and ($7 is null or p.org_path <@ $7) group by e.person_id'
      using first_year, last_year, kinds, levels, wanted, db.self(), within;
  end if;
end $$;
revoke execute on function ledger.sums(int, int, ltree, text[], text[], text[]) from public;
grant execute on function ledger.sums(int, int, ltree, text[], text[], text[]) to qiangshi_app;
