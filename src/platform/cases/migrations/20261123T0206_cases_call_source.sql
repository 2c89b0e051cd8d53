-- The words in which a template or a call was written, remarks and all: what people go on editing.
alter table cases.template add column source text not null default '';
alter table cases.call add column source text not null default '';
-- A deadline may be taken back: then the latest entry has none.
alter table cases.deadline alter column closes_at drop not null;

-- What is wrong with the templates in the packs, until they can be read again; what was offered before stays.
create table cases.refused_templates (
  one boolean primary key default true check (one),
  problems jsonb not null,
  since timestamptz not null default db.now()
);
grant select on cases.refused_templates to qiangshi_app;
