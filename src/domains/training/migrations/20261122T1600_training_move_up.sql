-- Places that became free go to the first in the waiting line, as many as are free, in one go; they are counted where the line is,
-- whoever gave them up.
drop function training.promote(uuid, uuid);

create function training.move_up(wanted_class uuid, wanted_org uuid, seats int) returns setof uuid language plpgsql security definer
set search_path = training, public, pg_temp as $$
declare open_line boolean; line uuid; free int; chosen uuid[];
begin
  -- An open class has one line for everybody, a delegated one a line for each school.
  select c.enrolment = 'open', case when c.enrolment = 'open' then c.org_id else wanted_org end into open_line, line
    from training.class c where c.id = wanted_class;
  select least(seats, q.places - q.taken) into free from training.quota q where q.class_id = wanted_class and q.org_id = line for update;
  if coalesce(free, 0) <= 0 then return; end if;
  chosen := array(select e.person_id from training.enrolment e
    where e.class_id = wanted_class and (open_line or e.org_id = wanted_org) and e.state = 'waiting'
    order by e.proposed_at, e.person_id limit free for update skip locked);
  if cardinality(chosen) = 0 then return; end if;
  update training.quota q set taken = q.taken + cardinality(chosen) where q.class_id = wanted_class and q.org_id = line;
  return query update training.enrolment e set state = case when open_line then 'confirmed' else 'proposed' end, seated = true
    where e.class_id = wanted_class and e.person_id = any(chosen) returning e.person_id;
end $$;
revoke execute on function training.move_up(uuid, uuid, int) from public;
grant execute on function training.move_up(uuid, uuid, int) to qiangshi_app;
