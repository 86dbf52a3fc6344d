-- Integrity checks of claims, changes, partitions and links: one row with a sentence for each kind of error; no row where there is none.
-- named: each key and each partition whose claims name it.
with named (key, partition) as (
    select 'k:c:' || commitment, partition from claims where commitment is not null
    union
    select 'k:c:' || part_of, partition from claims where part_of is not null
    union
    select 'k:d:' || delivery, partition from claims where delivery is not null
    union
    select 'k:r:' || request, partition from claims where request is not null
)
select format('%s claim(s) whose change is not recorded', count(*))
from claims
where not exists (select from changes where id = recorded_in)
having count(*) > 0
union all
select format('%s claim(s) superseded by a change that is not recorded', count(*))
from claims
where superseded_in is not null and not exists (select from changes where id = superseded_in)
having count(*) > 0
union all
select format('%s claim(s) in a partition that has no row', count(*))
from claims
where not exists (select from partitions where partitions.partition = claims.partition)
having count(*) > 0
union all
select format('%s partition(s) without their recipient', count(*))
from partitions
where recipient is null and partition <> 's:' and partition not like '_:k:%'
having count(*) > 0
union all
select format('%s key(s) whose partitions are not linked', count(*))
from (
    select key
    from named
    group by key
    having count(*) > 1 and count(*) > (select count(*) from partition_links where partition_links.key = named.key)
) as unlinked
having count(*) > 0
union all
select format('%s partition(s) without their links for review', count(*))
from partitions
where partition like 's:_%>%'
    and partition not like 's:>%'
    and not exists (select from partition_links where partition_links.partition = partitions.partition and key like 'k:n:%')
having count(*) > 0
