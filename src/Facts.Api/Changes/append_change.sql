-- Appends a change to the change log and its caller to the audit log: one row with the sequence and the record time of the change.
-- A null @method means that the service itself wrote; then nothing is audited.
with
-- The new version of the store. Its row is locked until the commit, so changes are numbered in the order of their commits.
last_change as (
    update dataset
    set version = version + 1, recorded_at = greatest(@now, recorded_at + interval '1 microsecond')
    returning version, recorded_at
),
-- The row of the audit log.
audited as (
    insert into audit (recorded_at, key_id, subject, request_id, method, path, resource, change)
    select recorded_at, @key_id, @subject, @request_id, @method, @path, @resource, version
    from last_change
    where @method is not null
)
insert into changes (
    id, sequence, recorded_at, kind, first_claim, last_claim, claims_recorded, claims_ended, resources, facts_changed, facts, balances_moved, balances
)
select
    @id, version, recorded_at, @kind, @first_claim, @last_claim, @claims_recorded, @claims_ended, @resources, @facts_changed, @facts, @balances_moved, @balances
from last_change
returning sequence, recorded_at
