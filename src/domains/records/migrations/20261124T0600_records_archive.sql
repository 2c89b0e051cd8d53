-- The groups of the record that had no table yet, as they are declared in `archive/groups`: facts with their history, each row with a version,
-- so that two who change the same learn of each other.

-- 补充基本信息
create table records.basics (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  ethnicity text,
  politics text,
  former_name text check (length(former_name) between 1 and 40),
  native_place text check (length(native_place) between 1 and 60),
  version int not null default 1,
  primary key (person_id, id),
  unique (person_id)
);

-- 联系方式
create table records.contact (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  phone_cipher bytea,
  phone_masked text,
  mail_cipher bytea,
  mail_masked text,
  address_cipher bytea,
  address_masked text,
  emergency_cipher bytea,
  emergency_masked text,
  version int not null default 1,
  primary key (person_id, id),
  unique (person_id)
);

-- 岗位等级聘用
create table records.grade (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  grade text not null,
  document text check (length(document) between 1 and 60),
  during daterange not null check (not isempty(during)),
  version int not null default 1,
  primary key (person_id, id),
  exclude using gist (person_id with =, during with &&)
);

-- 校长任期
create table records.principal_term (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  org_id uuid not null,
  org_path ltree not null,
  nth int not null check (nth between 1 and 9),
  years int not null check (years between 1 and 9),
  during daterange not null check (not isempty(during)),
  version int not null default 1,
  primary key (person_id, id),
  exclude using gist (person_id with =, during with &&),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);

-- 退休审批
create table records.retirement (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  approved_on date not null,
  kind text not null,
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, approved_on)
);

-- 教师资格证书
create table records.certificate (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  category text not null,
  subject text,
  number text not null check (length(number) between 1 and 24),
  issued_on date not null,
  issuer text check (length(issuer) between 1 and 60),
  state text,
  ended_on date,
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, category, number)
);

-- 资格定期注册
create table records.registration (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  decided_on date not null,
  outcome text not null,
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, decided_on)
);

-- 普通话与语言能力
create table records.language (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  kind text not null,
  grade text,
  other text check (length(other) between 1 and 40),
  certificate_no text check (length(certificate_no) between 1 and 40),
  tested_on date not null,
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, kind, tested_on)
);

-- 专项培训合格
create table records.specialty (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  kind text not null,
  level text not null,
  passed_on date not null,
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, kind, passed_on)
);

-- 学期任课
create table records.assignment (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  org_id uuid not null,
  org_path ltree not null,
  year int not null check (year between 1990 and 2100),
  term text not null,
  stage text not null,
  subject text not null,
  classes text check (length(classes) between 1 and 80),
  lessons numeric(6, 1) check (lessons between 0 and 40),
  heard int check (heard between 0 and 400),
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, year, term, stage, subject),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);

-- 家访
create table records.home_visit (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  year int not null check (year between 1990 and 2100),
  term text not null,
  visits int not null check (visits between 0 and 400),
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, year, term)
);

-- 师徒结对
create table records.mentoring (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  role text not null,
  partner text not null check (length(partner) between 1 and 40),
  outcome text check (length(outcome) between 1 and 200),
  during daterange not null check (not isempty(during)),
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, role, partner, during)
);

-- 交流轮岗与支教
create table records.rotation (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  kind text not null,
  host text check (length(host) between 1 and 80),
  direction text,
  document text check (length(document) between 1 and 60),
  during daterange not null check (not isempty(during)),
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, kind, during)
);

-- 中止教学
create table records.leave (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  reason text not null,
  semesters int not null check (semesters between 0 and 20),
  during daterange not null check (not isempty(during)),
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, during)
);

-- 教学科研成果
create table records.research (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  kind text not null,
  name text not null check (length(name) between 1 and 120),
  level text,
  place int check (place between 1 and 99),
  publisher text check (length(publisher) between 1 and 80),
  published_on date not null,
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, kind, name, published_on)
);

-- 考核
create table records.appraisal (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  kind text not null,
  year int not null check (year between 1990 and 2100),
  outcome text not null,
  decided_on date not null,
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, kind, year)
);

-- 健康与安全查验
create table records.safety_check (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  kind text not null,
  done_on date not null,
  outcome text not null,
  due_on date,
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, kind, done_on)
);

-- 处分
create table records.sanction (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  track text not null,
  kind text not null,
  decided_on date not null,
  extra_months int check (extra_months between 0 and 48),
  new_breach boolean,
  document text not null check (length(document) between 1 and 60),
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, track, kind, decided_on)
);

-- 师德处理
create table records.ethics_handling (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  kind text not null,
  decided_on date not null,
  serious boolean,
  document text not null check (length(document) between 1 and 60),
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, kind, decided_on)
);

-- 从业限制
create table records.bar (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  kind text not null,
  decided_on date not null,
  ends_on date,
  document text not null check (length(document) between 1 and 60),
  version int not null default 1,
  primary key (person_id, id),
  unique nulls not distinct (person_id, kind, decided_on)
);

-- What the groups kept before now ask as well.
alter table records.education add column mode text, add column normal boolean, add column version int not null default 1;
alter table records.title add column subject text, add column certificate_no text check (length(certificate_no) between 1 and 40),
  add column version int not null default 1;
alter table records.honour add column version int not null default 1;

-- Whatever changes a row, and by whichever way: the next version.
create function records.next_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$;

-- Which group of the record is complete at an organisation and below it, and since when: only there does “nothing recorded” mean “there is nothing”.
create table records.complete (
  org_id uuid not null,
  org_path ltree not null,
  group_id text not null,
  since date not null,
  declared_by uuid,
  primary key (org_id, group_id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on records.complete using gist (org_path);
grant select, insert, update, delete on records.complete to qiangshi_app;
select db.keep_history('records.complete', null, array['org_path']);

-- Where the acting account may see sanctions: by the roles that hold `records.sanction.read`, whatever else it is just doing; the product itself
-- as far as it acts.
create function records.guarded_paths() returns ltree[] language sql stable security definer set search_path = public, pg_temp as $$
  select case when db.account() is null then db.scope() else
    (select coalesce(array_agg(a.org_path), '{}') from access.assignment a
      where a.account_id = db.account() and a.role in ('principal', 'commission') and a.during @> db.today()) end
$$;
revoke execute on function records.guarded_paths() from public;
grant execute on function records.guarded_paths() to qiangshi_app;

do $$
declare
  name text;
  visible text := '(select directory.sees_all()) or exists (select from directory.person p where p.id = person_id)';
  -- The person, and whoever decides on sanctions there.
  trusted text := 'person_id = (select db.self()) or exists (select from directory.person p where p.id = person_id
    and p.org_path <@ any ((select records.guarded_paths())::ltree[]))';
  deciding text := 'current_setting(''qiangshi.permission'', true) = ''records.sanction.write'' and exists (select from directory.person p
    where p.id = person_id and p.org_path <@ any ((select records.guarded_paths())::ltree[]))';
begin
  foreach name in array array['basics', 'contact', 'grade', 'principal_term', 'retirement', 'certificate', 'registration', 'language', 'specialty', 'assignment', 'home_visit', 'mentoring', 'rotation', 'leave', 'research', 'appraisal', 'safety_check'] loop
    execute format('alter table records.%I enable row level security', name);
    execute format('alter table records.%I force row level security', name);
    execute format('create policy owner on records.%I to current_user using (true) with check (true)', name);
    execute format('create policy seen on records.%I to qiangshi_app using (%s) with check (%s)', name, visible, visible);
    execute format('grant select, insert, update, delete on records.%I to qiangshi_app', name);
    perform db.keep_history(format('records.%I', name)::regclass, visible,
      array['org_path', 'version', 'phone_cipher', 'mail_cipher', 'address_cipher', 'emergency_cipher']);
  end loop;
  foreach name in array array['education', 'title', 'honour'] loop
    perform db.keep_history(format('records.%I', name)::regclass, visible, array['org_path', 'version']);
  end loop;
  foreach name in array array['sanction', 'ethics_handling', 'bar'] loop
    execute format('alter table records.%I enable row level security', name);
    execute format('alter table records.%I force row level security', name);
    execute format('create policy owner on records.%I to current_user using (true) with check (true)', name);
    execute format('create policy seen on records.%I for select to qiangshi_app using (%s)', name, trusted);
    execute format('create policy decided on records.%I to qiangshi_app using (%s) with check (%s)', name, deciding, deciding);
    execute format('grant select, insert, update, delete on records.%I to qiangshi_app', name);
    perform db.keep_history(format('records.%I', name)::regclass, trusted, array['version']);
  end loop;
  foreach name in array array['education', 'title', 'honour', 'basics', 'contact', 'grade', 'principal_term', 'retirement', 'certificate', 'registration', 'language', 'specialty', 'assignment', 'home_visit', 'mentoring', 'rotation', 'leave', 'research', 'appraisal', 'safety_check', 'sanction', 'ethics_handling', 'bar'] loop
    execute format('create trigger next_version before update on records.%I for each row when (old is distinct from new)
      execute function records.next_version()', name);
  end loop;
end $$;
