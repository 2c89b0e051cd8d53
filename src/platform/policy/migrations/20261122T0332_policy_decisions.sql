-- What was decided of whom by which rules, with the facts and the reasons, so that it can be told again as it stood; and objections.

create table policy.decision (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  set_id text not null,
  as_of date not null,
  -- What was known when: facts and rules are asked for again as of this instant.
  known_at timestamptz not null,
  authority text not null,
  -- The versions that held, nearest first.
  versions text[] not null,
  -- What the person was called.
  name text not null,
  outcome text not null,
  -- The facts by id; amounts as exact text.
  facts jsonb not null,
  -- The conditions in the order of the set: [id, held, exception that decided].
  conditions jsonb not null,
  -- What it was decided for, and what it belongs to.
  purpose text not null,
  subject_kind text,
  subject_id text,
  -- The earlier decision that this one takes the place of.
  instead_of uuid,
  made_by uuid,
  made_by_name text not null,
  primary key (person_id, id),
  foreign key (person_id, instead_of) references policy.decision (person_id, id)
);
create index on policy.decision (set_id, as_of, person_id);
create trigger append_only before update or delete or truncate on policy.decision for each statement execute function audit.refuse_change();

create table policy.objection (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  set_id text not null,
  title jsonb not null,
  as_of date not null,
  known_at timestamptz not null,
  authority text not null,
  versions text[] not null,
  -- The decision objected to; null where nothing had been decided and the explanation itself is objected to.
  decision_id uuid,
  -- The fact objected to; null where it is the result.
  fact text,
  -- What the fact was said to be.
  was jsonb,
  text text not null check (text <> ''),
  state text not null default 'open' check (state in ('open', 'upheld', 'rejected')),
  raised_at timestamptz not null,
  due_on date,
  -- Who answers: a role at an organisation, or whoever may answer for all of what lies below one above it.
  owner_role text not null,
  org_id uuid not null,
  org_path ltree not null,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  -- What was decided anew.
  new_decision_id uuid,
  primary key (person_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  foreign key (person_id, decision_id) references policy.decision (person_id, id),
  foreign key (person_id, new_decision_id) references policy.decision (person_id, id),
  check ((state = 'open') = (answer is null) and (answer is null) = (answered_at is null)),
  check (new_decision_id is null or state = 'upheld')
);
-- One open objection about the same thing.
create unique index open_once on policy.objection (person_id, set_id, coalesce(fact, ''), coalesce(decision_id, '00000000-0000-0000-0000-000000000000'))
  where state = 'open';
create index on policy.objection (org_id) where state = 'open';

do $$
declare
  name text;
begin
  foreach name in array array['decision', 'objection'] loop
    execute format('alter table policy.%I enable row level security', name);
    execute format('alter table policy.%I force row level security', name);
    execute format('create policy owner on policy.%I to current_user using (true) with check (true)', name);
    execute format('create policy seen on policy.%I to qiangshi_app
      using (exists (select from directory.person p where p.id = person_id))
      with check (exists (select from directory.person p where p.id = person_id))', name);
  end loop;
end $$;
grant select, insert on policy.decision, policy.objection to qiangshi_app;
grant update (state, answer, answered_by, answered_at, new_decision_id) on policy.objection to qiangshi_app;
