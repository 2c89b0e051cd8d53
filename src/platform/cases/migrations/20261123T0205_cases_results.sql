-- What a case ended in: a title, an honour, a membership, with its term. Of a person, or of an organisation; holder_id is the one or the other.
create table cases.designation (
  holder_id uuid not null,
  id uuid not null,
  person_id uuid references directory.person (id),
  org_id uuid not null,
  org_path ltree not null,
  kind text not null,
  title jsonb not null,
  level text not null,
  duties jsonb not null default '[]',
  during daterange not null check (not isempty(during)),
  call_id uuid references cases.call (id),
  application_id uuid references cases.application (id),
  -- The circular by which it was made known, as offices write it: 黔教发〔2023〕18号.
  circular text,
  document_id uuid,
  removed_on date,
  removed_why text,
  made_at timestamptz not null default db.now(),
  primary key (holder_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  check (holder_id = coalesce(person_id, org_id)),
  check ((removed_on is null) = (removed_why is null)),
  exclude using gist (holder_id with =, kind with =, during with &&)
);
create index on cases.designation using gist (org_path);
create index on cases.designation (kind);
create table cases.member (
  holder_id uuid not null,
  designation_id uuid not null,
  id uuid not null,
  person_id uuid not null references directory.person (id),
  name text not null,
  during daterange not null,
  primary key (holder_id, designation_id, id),
  foreign key (holder_id, designation_id) references cases.designation (holder_id, id)
);
create index on cases.member (person_id);
create table cases.assessment (
  holder_id uuid not null,
  designation_id uuid not null,
  year int not null,
  grade text not null,
  form_version text,
  answers jsonb not null default '{}',
  words text,
  by_account uuid not null,
  by_name text not null,
  at timestamptz not null default db.now(),
  primary key (holder_id, designation_id, year),
  foreign key (holder_id, designation_id) references cases.designation (holder_id, id)
);
alter table cases.designation enable row level security;
alter table cases.designation force row level security;
create policy owner on cases.designation to current_user using (true) with check (true);
create policy seen on cases.designation to qiangshi_app
  using (org_path <@ any ((select db.scope())::ltree[]) or exists (select from directory.person p where p.id = person_id))
  with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on cases.designation to qiangshi_app;
-- What somebody held is judged as it was known.
select db.keep_history('cases.designation', 'exists (select from cases.designation d where d.holder_id = designation_history.holder_id and d.id = designation_history.id)',
  array['org_path', 'title', 'duties', 'circular', 'document_id']);
alter table cases.member enable row level security;
alter table cases.member force row level security;
create policy owner on cases.member to current_user using (true) with check (true);
create policy seen on cases.member to qiangshi_app
  using (person_id = (select db.self()) or exists (select from cases.designation d where d.holder_id = cases.member.holder_id and d.id = designation_id))
  with check (exists (select from cases.designation d where d.holder_id = cases.member.holder_id and d.id = designation_id));
grant select, insert, update on cases.member to qiangshi_app;
alter table cases.assessment enable row level security;
alter table cases.assessment force row level security;
create policy owner on cases.assessment to current_user using (true) with check (true);
create policy seen on cases.assessment to qiangshi_app
  using (exists (select from cases.designation d where d.holder_id = cases.assessment.holder_id and d.id = designation_id))
  with check (exists (select from cases.designation d where d.holder_id = cases.assessment.holder_id and d.id = designation_id));
grant select, insert on cases.assessment to qiangshi_app;
-- Who was in which studio when is kept as it was known, too.
select db.keep_history('cases.member', 'exists (select from cases.member m where m.holder_id = member_history.holder_id and m.designation_id = member_history.designation_id and m.id = member_history.id)',
  array['name']);
-- The studios that the acting person belongs to; of their hosts no more than the name.
create function cases.my_studios() returns table (designation_id uuid, title jsonb, host text, "from" text, until text) language sql stable security definer
set search_path = cases, public, pg_temp as $$
  select d.id, d.title, coalesce(p.name, o.name), lower(m.during)::text, (upper(m.during) - 1)::text
  from cases.member m join cases.designation d on d.holder_id = m.holder_id and d.id = m.designation_id
    left join directory.person p on p.id = d.person_id left join directory.organisation o on o.id = d.org_id
  where m.person_id = db.self() order by lower(m.during) desc, d.id
$$;
revoke execute on function cases.my_studios() from public;
grant execute on function cases.my_studios() to qiangshi_app;
