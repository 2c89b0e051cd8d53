-- Two entries of one person become one. The entry that was merged stays as a stub that leads to the other: what may not be rewritten stays
-- with it, and the two can be taken apart again. Nobody sees stubs; their numbers are not given to anybody else.
alter table directory.person add column merged_into uuid references directory.person (id);
create index on directory.person (merged_into) where merged_into is not null;
-- Merging is no fact about a person; the history is told without it.
select db.keep_history('directory.person', 'exists (select from directory.person p where p.id = person_history.id)',
  array['number', 'name', 'pinyin', 'initials', 'grams', 'id_type', 'id_cipher', 'id_hash', 'id_masked', 'org_path', 'moves_on', 'merged_into']);

alter policy seen on directory.person using (
  merged_into is null and (org_path <@ any ((select db.scope())::ltree[]) or id = (select db.self()))
);

create or replace function directory.seen(within ltree default null) returns table (person_id uuid, org_id uuid)
language plpgsql stable security definer rows 5000 set search_path = directory, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  wanted ltree[] := db.scope();
  own uuid := db.self();
begin
  return query select p.id, p.org_id from directory.person p
    where p.merged_into is null and (p.org_path <@ any (wanted) or p.id = own) and (within is null or p.org_path <@ within);
end $$;
