-- The password of whoever runs, guards or checks the system is nobody's to reset alone: it is recovered by two people as a lost factor is.
alter table access.recovery add column lost text not null default 'factor' check (lost in ('factor', 'password'));
