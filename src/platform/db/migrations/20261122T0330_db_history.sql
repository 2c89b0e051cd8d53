-- The second time axis: what was known when. A table that keeps history remembers since when each row is known as it stands, and files what a
-- row said before whenever it is changed or deleted. Whoever does not ask for the past reads the table itself and pays nothing.

-- A row that is changed is known as it stands from now on.
create function db.mark_known() returns trigger language plpgsql as $$
begin
  new.known_from := greatest(old.known_from, db.now());
  return new;
end $$;

/*
 * Makes a table keep its history:
 *   <table>.known_from         since when the row is known as it stands (rows that are there already: since ever)
 *   <table>_history            what rows said before, from known_from to before known_until
 *   <table>_known(instant)     the table as it was known at an instant; columns that are left out are null where the past is told
 * `seen` is the condition under which the application sees a row of the history (null: no row-level security); `leave_out` are columns that
 * are not kept, and whose changes alone do not count: what is no fact, and what must not be copied.
 * A later migration that adds columns to the table calls it again.
 */
create function db.keep_history(kept regclass, seen text, leave_out text[] default '{}') returns void language plpgsql as $keep$
declare
  space text; named text; history text; file text; keys text[]; columns text[]; compared text[]; told text; one record;
begin
  select n.nspname, c.relname into space, named from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = kept;
  history := format('%I.%I', space, named || '_history');
  file := format('%I.%I', space, 'file_' || named);
  if not exists (select from pg_attribute a where a.attrelid = kept and a.attname = 'known_from' and not a.attisdropped) then
    execute format('alter table %s add column known_from timestamptz not null default ''-infinity''', kept);
    execute format('alter table %s alter column known_from set default db.now()', kept);
  end if;

  select array_agg(a.attname order by k.ord) into keys
  from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality as k(att, ord) join pg_attribute a on a.attrelid = kept and a.attnum = k.att
  where i.indrelid = kept and i.indisprimary;
  select array_agg(a.attname order by a.attnum), array_agg(a.attname order by a.attnum) filter (where a.attname <> all (keys || 'known_from'::name))
    into columns, compared
  from pg_attribute a where a.attrelid = kept and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attname <> all (leave_out);

  execute format('create table if not exists %s (known_until timestamptz not null)', history);
  for one in select a.attname, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
    where a.attrelid = kept and a.attname = any (columns) and a.attnum > 0 order by a.attnum
  loop
    execute format('alter table %s add column if not exists %I %s', history, one.attname, one.type);
  end loop;
  if not exists (select from pg_index i where i.indrelid = history::regclass and i.indisprimary) then
    execute format('alter table %s add primary key (%s, known_from), add check (known_from < known_until)', history,
      (select string_agg(quote_ident(x), ', ') from unnest(keys) x));
    execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function audit.refuse_change()', history);
    execute format('grant select on %s to qiangshi_app', history);
    if seen is not null then
      execute format('alter table %s enable row level security', history);
      execute format('alter table %s force row level security', history);
      execute format('create policy owner on %s to current_user using (true) with check (true)', history);
      execute format('create policy seen on %s to qiangshi_app using (%s)', history, seen);
    end if;
  end if;

  -- Written by the owner, whoever changes the row: nobody else writes history.
  execute format($made$
    create or replace function %1$s() returns trigger language plpgsql security definer set search_path = public, pg_temp as $file$
    begin
      if tg_op = 'UPDATE' then
        insert into %2$s (%3$s, known_until) select %4$s, n.known_from from was o join became n using (%5$s) where n.known_from > o.known_from;
      else
        insert into %2$s (%3$s, known_until) select %4$s, db.now() from was o where o.known_from < db.now();
      end if;
      return null;
    end $file$ $made$, file, history,
    (select string_agg(quote_ident(x), ', ') from unnest(columns) x), (select string_agg('o.' || quote_ident(x), ', ') from unnest(columns) x),
    (select string_agg(quote_ident(x), ', ') from unnest(keys) x));
  execute format('revoke execute on function %s() from public', file);
  execute format('drop trigger if exists known_as_it_stands on %s', kept);
  execute format('create trigger known_as_it_stands before update on %s for each row when ((%s) is distinct from (%s)) execute function db.mark_known()', kept,
    (select string_agg('old.' || quote_ident(x), ', ') from unnest(compared) x), (select string_agg('new.' || quote_ident(x), ', ') from unnest(compared) x));
  execute format('create or replace trigger files_changed after update on %s referencing old table as was new table as became for each statement execute function %s()', kept, file);
  execute format('create or replace trigger files_deleted after delete on %s referencing old table as was for each statement execute function %s()', kept, file);

  select string_agg(case when a.attname = any (columns) then 'h.' || quote_ident(a.attname) else format('null::%s', format_type(a.atttypid, a.atttypmod)) end,
    ', ' order by a.attnum) into told
  from pg_attribute a where a.attrelid = kept and a.attnum > 0 and not a.attisdropped;
  execute format($made$
    create or replace function %1$I.%2$I(at timestamptz) returns setof %3$s language sql stable as $known$
      select t.* from %3$s t where t.known_from <= at
      union all
      select %4$s from %5$s h where h.known_from <= at and h.known_until > at
    $known$ $made$, space, named || '_known', kept, told, history);
end $keep$;
revoke execute on function db.keep_history(regclass, text, text[]) from public;
