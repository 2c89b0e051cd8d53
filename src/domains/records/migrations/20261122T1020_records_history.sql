-- Records as they were known: a correction never rewrites what an earlier decision rested on.
do $$
declare
  name text;
begin
  foreach name in array array['service', 'teaching', 'title', 'post', 'honour', 'education'] loop
    perform db.keep_history(format('records.%I', name)::regclass, 'exists (select from directory.person p where p.id = person_id)', array['org_path']);
  end loop;
end $$;
