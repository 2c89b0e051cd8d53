-- Papers are numbered by the office that gives them out, and move with their organisation; an assignment may be the product's own.
alter table cases.paper drop constraint paper_call_id_stage_nth_key;
alter table cases.paper add unique (call_id, stage, org_id, nth);
alter table cases.paper add foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade;
create index on cases.paper using gist (org_path);
create index on cases.paper_of (application_id);
alter table cases.assigning add foreign key (org_path) references directory.organisation (path) on update cascade;
alter table cases.assigning alter column by_account drop not null;
create index on cases.assigning (call_id, stage);
create index on cases.expert using gist (org_path);
-- Content: [{question, title, value, depth, table?, en: {title, value, table?}}]; files: [{kind, title, fileId, names, held}].
-- A file that names the applicant is held back or let through by the office.
grant update (files) on cases.paper to qiangshi_app;

-- Reviews are given by the office; an expert works on what was given and takes nothing.
drop policy seen on cases.review;
create policy seen on cases.review for select to qiangshi_app
  using (account_id = (select db.account()) or exists (select from cases.paper p where p.id = paper_id and p.org_path <@ any ((select db.scope())::ltree[])));
create policy given on cases.review for insert to qiangshi_app
  with check (exists (select from cases.paper p where p.id = paper_id and p.org_path <@ any ((select db.scope())::ltree[])));
create policy worked_on on cases.review for update to qiangshi_app
  using (account_id = (select db.account()) or exists (select from cases.paper p where p.id = paper_id and p.org_path <@ any ((select db.scope())::ltree[])))
  with check (account_id = (select db.account()) or exists (select from cases.paper p where p.id = paper_id and p.org_path <@ any ((select db.scope())::ltree[])));
revoke update on cases.review from qiangshi_app;
grant update (state, scores, words, total, conflict, due_on, changed_at, submitted_at) on cases.review to qiangshi_app;

-- As it was declared: who declares it need not see the person.
alter table cases.relation add column other_name text not null;
-- Ties are seen by whoever declared them and by offices: not by the other side, who might be the one who is reviewed.
drop policy seen on cases.relation;
create policy seen on cases.relation to qiangshi_app
  using (by_account = (select db.account()) or exists (
    select from directory.person p where (p.id = person_id or p.id = other_id) and p.org_path <@ any ((select db.scope())::ltree[])))
  with check (by_account = (select db.account()) and person_id = (select db.self()) or exists (select from directory.person p where p.id = person_id and p.org_path <@ any ((select db.scope())::ltree[])));

-- Somebody whose name and number, or name and organisation, the asker knows; nobody where several are meant.
create function cases.person_called(called text, numbered text, at_org text) returns uuid language sql stable security definer
set search_path = cases, public, pg_temp as $$
  select (array_agg(p.id))[1] from directory.person p join directory.organisation o on o.id = p.org_id
  where p.name = called and (upper(p.number) = upper(numbered) or o.name = at_org or o.short_name = at_org)
  having count(*) = 1
$$;

-- What names an applicant: their name, their numbers, and every organisation that they have worked at. For cases in scope.
create function cases.identifying(wanted uuid[]) returns table (application_id uuid, words text[], id_cipher bytea) language sql stable security definer
set search_path = cases, public, pg_temp as $$
  select a.id, array_remove(array[a.name, p.name, p.number, case when length(p.pinyin) > 4 then p.pinyin end]
      || array(select w from directory.organisation o, unnest(array[o.name, o.short_name, o.name_en, o.code]) w
        where o.kind in ('school', 'institution') and (o.id = a.org_id or o.id in (select e.org_id from directory.employment e where e.person_id = a.person_id))), null),
    p.id_cipher
  from cases.application a left join directory.person p on p.id = a.person_id
  where a.id = any (wanted) and a.org_path <@ any (db.scope())
$$;

-- Every pair of these cases and experts that must not be, with each reason; within the asker's scope, but over all that is known of both sides, in
-- scope or not. `since` is the first day that still counts: who left a school before it is no colleague any more.
create function cases.conflicts(wanted uuid[], pool uuid[], kinds text[], since date) returns table (application_id uuid, account_id uuid, why text)
language sql stable security definer set search_path = cases, public, pg_temp set plan_cache_mode = force_custom_plan as $$
  with c as materialized (
    select a.id, a.person_id, a.org_id, a.made_by from cases.application a where a.id = any (wanted) and a.org_path <@ any (db.scope())
  ), x as materialized (
    select e.account_id, e.person_id, e.employer from cases.expert e where e.account_id = any (pool) and e.org_path <@ any (db.scope())
  ), x_at as materialized (
    select x.account_id, e.org_id, e.during @> db.today() as now from x join directory.employment e on e.person_id = x.person_id
      where e.during && daterange(since, db.today(), '[]')
    union select x.account_id, o.id, true from x join directory.organisation o on x.employer in (o.name, o.short_name)
  ), c_at as materialized (
    select c.id, e.org_id, e.during @> db.today() as now from c join directory.employment e on e.person_id = c.person_id
      where e.during && daterange(since, db.today(), '[]')
    union select c.id, c.org_id, true from c
  ), tie as materialized (
    select r.person_id as one, r.other_id as other, r.kind from cases.relation r where r.during && daterange(since, db.today(), '[]')
    union all select r.other_id, r.person_id, r.kind from cases.relation r where r.during && daterange(since, db.today(), '[]')
  ), studio as materialized (
    select d.holder_id, d.id, d.person_id from cases.designation d where d.person_id is not null and d.during && daterange(since, db.today(), '[]')
      and exists (select from cases.member m where m.holder_id = d.holder_id and m.designation_id = d.id)
    union all select m.holder_id, m.designation_id, m.person_id from cases.member m where m.during && daterange(since, db.today(), '[]')
  ), found as (
    select c.id as application_id, x.account_id, 'self' as why from c join x on x.person_id = c.person_id or x.account_id = c.made_by
    union select c_at.id, x_at.account_id, 'same_school' from c_at join x_at on x_at.org_id = c_at.org_id
    union select c_at.id, x_at.account_id, 'same_cluster' from c_at
      join directory.cluster_member cm on cm.org_id = c_at.org_id and cm.during @> db.today()
      join directory.cluster_member xm on xm.cluster_id = cm.cluster_id and xm.org_id <> cm.org_id and xm.during @> db.today()
      join x_at on x_at.org_id = xm.org_id where c_at.now and x_at.now
    union select c.id, x.account_id, 'same_studio' from c join studio cs on cs.person_id = c.person_id
      join studio xs on xs.holder_id = cs.holder_id and xs.id = cs.id join x on x.person_id = xs.person_id
    union select c.id, x.account_id, t.kind from c join tie t on t.one = c.person_id join x on x.person_id = t.other
  )
  select f.application_id, f.account_id, f.why from found f where f.why = 'self' or f.why = any (kinds)
$$;

-- The acting expert's reviews: whether the case still waits for it. Whose case it is stays on the other side.
create function cases.my_reviews() returns table (review_id uuid, paper_id uuid, open boolean) language sql stable security definer
set search_path = cases, public, pg_temp as $$
  select r.id, r.paper_id, a.state = 'waiting' and a.stage = p.stage and p.made_at >= a.since and k.state = 'published'
  from cases.review r join cases.paper p on p.id = r.paper_id join cases.paper_of f on f.paper_id = p.id join cases.application a on a.id = f.application_id
    join cases.call k on k.id = p.call_id
  where r.account_id = db.account() and r.state in ('assigned', 'submitted')
$$;
-- A file of a paper that was given to the acting expert: its content, under no name.
create function cases.paper_file(wanted uuid, at int) returns table (sha256 text, media_type text) language sql stable security definer
set search_path = cases, public, pg_temp as $$
  select f.sha256, f.media_type from cases.paper p join files.file f on f.id = (p.files -> (paper_file.at - 1) ->> 'fileId')::uuid
  where p.id = wanted and paper_file.at > 0 and not (p.files -> (paper_file.at - 1) ->> 'held')::boolean and cases.given_to_me(wanted)
$$;
revoke execute on function cases.person_called(text, text, text), cases.identifying(uuid[]), cases.conflicts(uuid[], uuid[], text[], date),
  cases.my_reviews(), cases.paper_file(uuid, int) from public;
grant execute on function cases.person_called(text, text, text), cases.identifying(uuid[]), cases.conflicts(uuid[], uuid[], text[], date),
  cases.my_reviews(), cases.paper_file(uuid, int) to qiangshi_app;
