-- After very many rows were written the planner does not know of them until the database counts by itself, a minute or more later; what is
-- asked over all of them until then may take a plan for a handful. Counts tables of ours anew: those of which a good part is new to the counts.
-- `written`: how many rows the present transaction wrote, which nobody else sees yet; null: what the database has noted of finished ones.
create function db.count_anew(tables text[], written bigint default null) returns int language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  one record; done int := 0;
begin
  for one in
    select c.oid::regclass as rel from unnest(tables) with ordinality t (name, nth) join pg_class c on c.oid = to_regclass(t.name)
    left join pg_stat_all_tables s on s.relid = c.oid
    where c.relkind = 'r' and pg_has_role(current_user, c.relowner, 'usage')
      and case when written is null then s.n_mod_since_analyze > 1000 and s.n_mod_since_analyze > 0.2 * s.n_live_tup
        else written > 1000 and written > 0.1 * greatest(c.reltuples, 0) end
    order by c.oid
  loop
    execute format('analyze %s', one.rel);
    done := done + 1;
  end loop;
  return done;
end $$;
revoke execute on function db.count_anew(text[], bigint) from public;
grant execute on function db.count_anew(text[], bigint) to qiangshi_app;
