-- A roster may stand on several worksheets: their names, and the number of rows before each. `row_no` counts on from one to the next,
-- so that in a file of one worksheet it is the row that the spreadsheet program shows.
alter table records.import add column pages jsonb not null default '[]';
