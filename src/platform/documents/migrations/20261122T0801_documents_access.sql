-- Who sees the register: whoever sees the person or the organisation that a document is about; everybody by its code.
grant usage on schema documents to qiangshi_app;
grant select, insert, update on documents.series to qiangshi_app;
grant select, insert on documents.document to qiangshi_app;

alter table documents.document enable row level security;
alter table documents.document force row level security;
create policy owner on documents.document to current_user using (true) with check (true);
create policy seen on documents.document to qiangshi_app
  using (case when person_id is not null then exists (select from directory.person p where p.id = person_id)
    else exists (select from directory.organisation o where o.id = org_id and o.path <@ any ((select db.scope())::ltree[])) end)
  with check (case when person_id is not null then exists (select from directory.person p where p.id = person_id)
    else exists (select from directory.organisation o where o.id = org_id and o.path <@ any ((select db.scope())::ltree[])) end);

-- The public question: a code in, what the paper says out; no list, no search, no identifiers.
create function documents.by_code(code text) returns table (kind text, label text, facts jsonb, issued_at timestamptz, revoked_at timestamptz, revoked_reason text)
language sql stable security definer set search_path = documents, public, pg_temp as $$
  select d.kind, d.label, d.facts, d.issued_at, d.revoked_at, d.revoked_reason from documents.document d where d.verify_code = code
$$;
revoke execute on function documents.by_code(text) from public;
grant execute on function documents.by_code(text) to qiangshi_app;
