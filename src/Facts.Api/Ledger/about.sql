-- The neighbourhoods that have a say in the fact that a claim, of any edition, is about: one row each. Of a request also those in which something is given to it.
with recursive reached (scope) as (
    (
        select scope
        from claims
        where id = @claim
        union
        select scope
        from claims
        where root = @claim and root <> id
    )
    union
    select other.scope
    from reached
    cross join lateral (
        select tied.scope
        from ties own
        join ties tied on tied.key = own.key
        where own.scope = reached.scope
        union all
        select beside.scope
        from neighbourhoods own
        join neighbourhoods beside on beside.recipient = own.recipient and beside.unit is not distinct from own.unit
        where own.scope = reached.scope and own.scope like 't:%'
    ) other
)
select scope
from reached
