-- Objections on behalf of a school stand beside those of people: they are raised, owned and answered alike. And one that is upheld says what
-- will be corrected and by when, where nothing was corrected yet.

alter table policy.objection
  drop constraint objection_pkey,
  alter person_id drop not null,
  -- The organisation it is about; null where it is a person.
  add about_org uuid,
  add about_org_path ltree,
  -- Everything about one person or organisation lies together.
  add about_id uuid not null generated always as (coalesce(person_id, about_org)) stored,
  -- The account that raised it: nobody answers their own.
  add raised_by uuid,
  add raised_by_name text,
  add remedy text check (remedy <> ''),
  add remedy_by date,
  add primary key (about_id, id),
  add foreign key (about_org, about_org_path) references directory.organisation (id, path) on update cascade,
  add check (num_nonnulls(person_id, about_org) = 1),
  add check ((about_org is null) = (about_org_path is null)),
  -- Decisions are made on people only.
  add check (about_org is null or num_nonnulls(decision_id, new_decision_id) = 0),
  add check (about_org is null or raised_by is not null),
  add check ((remedy is null) = (remedy_by is null)),
  add check (remedy is null or state = 'upheld'),
  add check (answered_by <> raised_by);

-- An organisation that moves takes its objections along.
create index on policy.objection (about_org) where about_org is not null;
drop index policy.open_once;
create unique index open_once on policy.objection (about_id, set_id, coalesce(fact, ''), coalesce(decision_id, '00000000-0000-0000-0000-000000000000'))
  where state = 'open';

-- About a person it is seen by whoever sees the person; about an organisation, by whoever reaches it.
alter policy seen on policy.objection using (
  case when person_id is null then about_org_path <@ any ((select db.scope())::ltree[])
    else exists (select from directory.person p where p.id = person_id) end
) with check (
  case when person_id is null then about_org_path <@ any ((select db.scope())::ltree[])
    else exists (select from directory.person p where p.id = person_id) end
);
grant update (remedy, remedy_by) on policy.objection to qiangshi_app;
