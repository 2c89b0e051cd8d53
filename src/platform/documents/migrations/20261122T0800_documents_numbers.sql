-- The register of issued documents: numbers without gaps per series and year, one code per document for public verification.
create schema documents;

-- The last number given out. Its row is locked until the issuing transaction ends: a number is used or was never given.
create table documents.series (
  series text not null,
  year int not null,
  last int not null check (last >= 0),
  primary key (series, year)
);

create table documents.document (
  id uuid primary key,
  series text not null,
  year int not null,
  number int not null check (number > 0),
  -- The number as printed, for instance 黔教发〔2023〕18号.
  label text not null,
  kind text not null,
  -- What the document is about: an enrolment, a year's audit, a designation.
  subject_kind text not null,
  subject_id uuid not null,
  person_id uuid,
  org_id uuid,
  verify_code text not null unique,
  -- What the public page may show, fixed when the document was issued.
  facts jsonb not null default '{}',
  file_sha256 text check (file_sha256 ~ '^[0-9a-f]{64}$'),
  issued_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text,
  unique (series, year, number),
  check ((revoked_at is null) = (revoked_reason is null))
);
create index on documents.document (subject_kind, subject_id);
create index on documents.document (person_id, issued_at desc) where person_id is not null;
create index on documents.document (org_id, issued_at desc) where org_id is not null;
