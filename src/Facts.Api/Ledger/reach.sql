-- The neighbourhoods that must be resolved together with those named: one row each. Ties are followed from neighbourhood to key and back.
with recursive reached (node) as (
    select unnest(@scopes::text[])
    union
    select tied.node
    from reached
    cross join lateral (
        select key from ties where scope = reached.node
        union all
        select scope from ties where key = reached.node
    ) tied (node)
)
select node
from reached
where node like 's:%'
order by node
