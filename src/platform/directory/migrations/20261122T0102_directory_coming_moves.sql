-- Moves entered beforehand: the employments are dated as they will be, the person belongs to the old organisation until the day.
alter table directory.person add column moves_on date;
create index on directory.person (moves_on) where moves_on is not null;

-- Who comes to an organisation in scope on a day ahead. Of the person it says no more than a school needs to expect somebody.
create function directory.arrivals() returns table (
  person_id uuid, number text, name text, org_id uuid, org_name text, from_name text, moves_on date
) language sql stable security definer set search_path = directory, public, pg_temp as $$
  select p.id, p.number, p.name, e.org_id, o.short_name, f.short_name, p.moves_on
  from directory.person p
  join directory.employment e on e.person_id = p.id and e.kind = 'main' and lower(e.during) = p.moves_on
  join directory.organisation o on o.id = e.org_id join directory.organisation f on f.id = p.org_id
  where p.moves_on > db.today() and e.org_path <@ any ((select db.scope())::ltree[])
  order by p.moves_on, p.name, p.id
$$;
revoke execute on function directory.arrivals() from public;
grant execute on function directory.arrivals() to qiangshi_app;

-- What has not begun may be taken back; what has begun is history.
grant delete on directory.employment to qiangshi_app;
create policy coming on directory.employment as restrictive for delete to qiangshi_app using (lower(during) > db.today());
