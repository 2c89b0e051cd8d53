-- What somebody teaches, and since when somebody works, is proposed and confirmed like the other groups of the record.
alter table records.teaching add column version int not null default 1;
alter table records.service add column version int not null default 1;
do $$
declare
  name text;
begin
  foreach name in array array['teaching', 'service'] loop
    perform db.keep_history(format('records.%I', name)::regclass, 'exists (select from directory.person p where p.id = person_id)', array['version']);
    execute format('create trigger next_version before update on records.%I for each row when (old is distinct from new)
      execute function records.next_version()', name);
  end loop;
end $$;

-- An office may propose for somebody who cannot: its name stands there, the person is told and may object.
alter table records.change add column proposed_by text, add column objected_at timestamptz,
  add check (objected_at is null or proposed_by is not null);
alter table records.change_step drop constraint change_step_decision_check,
  add constraint change_step_decision_check check (decision in ('confirm', 'refuse', 'withdraw', 'object'));
