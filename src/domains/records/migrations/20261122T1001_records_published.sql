-- What others may know of a teacher: one row a person as of the product's today. Row-level security of the asker holds.
create view records.pub_teacher with (security_invoker = true) as
select p.id as person_id, p.number, p.name, p.org_id, p.org_path,
  e.category, e.basis, lower(e.during) as employed_from, lower(e.during) as hired_on,
  coalesce((select array_agg(distinct t.stage) from records.teaching t where t.person_id = p.id and t.during @> db.today()), '{}') as stages,
  coalesce((select array_agg(distinct t.subject) from records.teaching t where t.person_id = p.id and t.during @> db.today()), '{}') as subjects,
  (select t.level from records.title t where t.person_id = p.id and t.during @> db.today() limit 1) as title,
  coalesce((select array_agg(distinct o.code) from records.post o where o.person_id = p.id and o.during @> db.today()), '{}') as posts,
  coalesce((select array_agg(distinct h.code) from records.honour h where h.person_id = p.id and h.during @> db.today()), '{}') as honours,
  (select coalesce(s.teaching_since, s.work_since) from records.service s where s.person_id = p.id) as service_from
from directory.person p
join directory.employment e on e.person_id = p.id and e.kind = 'main' and e.during @> db.today();
grant select on records.pub_teacher to qiangshi_app;
