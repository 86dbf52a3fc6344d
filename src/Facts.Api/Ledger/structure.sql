-- What is wrong with the claims' own bookkeeping: one row each finding.
with naming (key, scope) as (
    select 'k:c:' || commitment, scope from claims where commitment is not null
    union
    select 'k:c:' || part_of, scope from claims where part_of is not null
    union
    select 'k:d:' || delivery, scope from claims where delivery is not null
    union
    select 'k:r:' || request, scope from claims where request is not null
)
select format('%s claim(s) of no recorded change', count(*))
from claims
where not exists (select from changes where id = recorded_in)
having count(*) > 0
union all
select format('%s claim(s) ended by no recorded change', count(*))
from claims
where superseded_in is not null and not exists (select from changes where id = superseded_in)
having count(*) > 0
union all
select format('%s claim(s) in a neighbourhood that is not kept', count(*))
from claims
where not exists (select from neighbourhoods where neighbourhoods.scope = claims.scope)
having count(*) > 0
union all
select format('%s neighbourhood(s) without their recipient', count(*))
from neighbourhoods
where recipient is null and scope <> 's:' and scope not like '_:k:%'
having count(*) > 0
union all
select format('%s key(s) whose neighbourhoods are not tied', count(*))
from (
    select key
    from naming
    group by key
    having count(*) > 1 and count(*) > (select count(*) from ties where ties.key = naming.key)
) as untied
having count(*) > 0
