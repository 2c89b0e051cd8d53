-- Forms as they were published, each under the hash of its content: what was asked can be read again as long as there are answers.
-- Nothing about anybody is in a form.
create schema forms;
grant usage on schema forms to qiangshi_app;

create table forms.form (
  version text primary key check (version ~ '^[0-9a-f]{64}$'),
  definition jsonb not null check (jsonb_typeof(definition) = 'object'),
  recorded_at timestamptz not null default db.now()
);
create trigger append_only before update or delete or truncate on forms.form for each statement execute function audit.refuse_change();
grant select, insert on forms.form to qiangshi_app;
