-- The neighbourhoods that must be resolved together with those named: one row each. Ties are followed from neighbourhood to key and back.
with recursive reached (scope) as (
    select unnest(@scopes::text[])
    union
    select tied.scope
    from reached
    join ties own on own.scope = reached.scope
    join ties tied on tied.key = own.key
)
select scope
from reached
order by scope
