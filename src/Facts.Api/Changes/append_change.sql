-- Writes down a change as the last of all changes, and whose it was; one row, its place and its record time.
with last_change as (
    update dataset
    set version = version + 1, recorded_at = greatest(@now, recorded_at + interval '1 microsecond')
    returning version, recorded_at
),
-- One row, unless the service wrote by itself.
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
