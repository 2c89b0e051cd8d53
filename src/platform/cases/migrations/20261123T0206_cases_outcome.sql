-- What an applicant reads once it is decided: scores without who gave them, in the order of their size so that no order of people shows, and
-- the count of the vote. Nothing before the end, nothing of others.
create function cases.outcome_of(wanted uuid) returns jsonb language sql stable security definer set search_path = cases, public, pg_temp as $$
  select jsonb_build_object(
    'reviews', coalesce((select jsonb_agg(jsonb_build_object('stage', p.stage, 'scores', r.scores, 'total', r.total) order by p.stage, r.total desc, r.scores::text)
      from cases.paper_of f join cases.paper p on p.id = f.paper_id join cases.review r on r.paper_id = f.paper_id
      where f.application_id = a.id and r.state = 'submitted'), '[]'),
    'votes', coalesce((select jsonb_agg(jsonb_build_object('stage', b.stage, 'ayes', g.ayes, 'noes', g.noes, 'blanks', g.blanks, 'entitled', g.entitled,
        'passed', g.passed) order by b.held_on, b.id)
      from cases.agenda g join cases.panel b on b.id = g.panel_id where g.application_id = a.id and g.state = 'counted'), '[]'))
  from cases.application a
  where a.id = wanted and a.state in ('filed', 'refused', 'appealed') and (a.person_id = db.self() or a.org_path <@ any (db.scope()))
$$;
revoke execute on function cases.outcome_of(uuid) from public;
grant execute on function cases.outcome_of(uuid) to qiangshi_app;
