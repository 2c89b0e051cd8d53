-- Who somebody is, is changed like every other part of a record: over the version that the writer saw, and with what stood there before.
alter table directory.person add column version int not null default 1;
create function directory.next_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$;
-- By what is shown of the number: searching anew under another key changes nobody. Whoever corrects one person raises the version anyhow.
create trigger next_version before update on directory.person for each row
  when ((old.number, old.name, old.sex, old.birth_date, old.id_type, old.id_masked) is distinct from (new.number, new.name, new.sex, new.birth_date, new.id_type, new.id_masked))
  execute function directory.next_version();
-- Names and numbers that somebody had are kept; of identity numbers only what is shown of them.
select db.keep_history('directory.person', 'exists (select from directory.person p where p.id = person_history.id)',
  array['pinyin', 'initials', 'grams', 'id_cipher', 'id_hash', 'org_path', 'moves_on', 'merged_into', 'version']);
