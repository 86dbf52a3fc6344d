-- Writes down a change as the last of all changes, and whose it was; one row, its place and its record time.
with turn as (
    update dataset
    set version = version + 1, recorded_at = greatest(@now, recorded_at + interval '1 microsecond')
    returning version, recorded_at
),
-- One row, unless the service wrote by itself.
noted as (
    insert into audit (recorded_at, key_id, subject, request_id, method, path, thing, change)
    select recorded_at, @key_id, @subject, @request_id, @method, @path, @thing, version
    from turn
    where @method is not null
)
insert into changes (
    id, sequence, recorded_at, kind, first_claim, last_claim, claims_recorded, claims_ended, things, facts_changed, facts, balances_moved, balances
)
select
    @id, version, recorded_at, @kind, @first_claim, @last_claim, @claims_recorded, @claims_ended, @things, @facts_changed, @facts, @balances_moved, @balances
from turn
returning sequence, recorded_at
