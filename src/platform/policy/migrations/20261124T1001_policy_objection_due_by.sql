-- What the day to answer by rests on: the figure as it held on the day of the objection, with its clause.

alter table policy.objection add due_by jsonb check (due_by is null or due_on is not null);

-- Objections raised before it was kept: the figure of the versions that they were raised under.
update policy.objection x set due_by = (
  select jsonb_build_object('id', q.id, 'value', w.value, 'unit', q.unit, 'clause', w.clause, 'confidence', w.confidence,
      'authority', v.authority, 'packVersion', v.id, 'from', lower(w.during))
  from unnest(x.versions) with ordinality as c(version, depth)
  join policy.pack_version v on v.id = c.version
  join policy.parameter q on q.version_id = v.id and q.id = 'policy.objection.answer_days'
  join policy.parameter_value w on w.version_id = q.version_id and w.parameter_id = q.id
    and w.during @> (x.raised_at at time zone 'Asia/Shanghai')::date
  order by c.depth limit 1
) where x.due_on is not null;
