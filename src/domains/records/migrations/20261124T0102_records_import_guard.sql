-- Rows on their way in are compared by the same hash of the identity number as the people who are there.
select cipher.guard_blind('records.import_row', 'id_hash');
