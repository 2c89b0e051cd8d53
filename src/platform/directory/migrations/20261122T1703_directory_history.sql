-- What the directory said when: of people what decisions may rest on, never their identity numbers; where they were employed; what schools were.
-- Paths move with the tree and are no facts: whoever asks for the past goes by the organisation's id.
select db.keep_history('directory.person', 'exists (select from directory.person p where p.id = person_history.id)',
  array['number', 'name', 'pinyin', 'initials', 'grams', 'id_type', 'id_cipher', 'id_hash', 'id_masked', 'org_path', 'moves_on']);
select db.keep_history('directory.employment', 'exists (select from directory.person p where p.id = person_id)', array['org_path']);
select db.keep_history('directory.organisation', null, array['parent_id', 'path', 'pinyin', 'initials', 'code', 'name', 'short_name', 'name_en', 'authority']);
