-- The neighbourhoods of what is given whose claims, of any edition, name the item or what is below it, with what else they are named by: one row each.
select distinct scope, donors, recipient, unit
from claims
where kind in ('pledge', 'delivery') and items && @items;

-- The neighbourhoods in which a number may depend on where an item stands in the tree: one row each.
with recursive reached (scope) as (
    -- Those whose claims name it or what is below it, and all that are tied to them.
    select scope
    from claims
    where superseded_in is null and items && @items
    union
    select tied.scope
    from reached
    join ties own on own.scope = reached.scope
    join ties tied on tied.key = own.key
),
-- To whom something is given there.
taker (recipient, unit) as (
    select recipient, unit
    from neighbourhoods
    join reached using (scope)
    union
    select recipient, unit
    from commitments
    join reached using (scope)
    union
    select recipient, unit
    from deliveries
    join reached using (scope)
)
select scope
from reached
union
-- How much of a request is unmet depends on what of all that is given lies below its items.
select scope
from taker
join neighbourhoods on neighbourhoods.recipient = taker.recipient and neighbourhoods.unit is not distinct from taker.unit
where scope like 't:%'
union
select scope
from taker
join requests on requests.recipient = taker.recipient and requests.unit is not distinct from taker.unit
