-- The partitions that have a say in facts of the parties, items and units that are with_name, one row each; null names all of them. Whom a fact concerns is decided
-- attribute by attribute, so each name is looked for by itself, in all that is linked together.
with recursive by_place (partition) as (
    select partition
    from partitions
    where (@recipients::text[] is null or recipient = any (@recipients)) and (@units::text[] is null or unit = any (@units))
    union
    select linked.partition
    from by_place
    join partition_links own on own.partition = by_place.partition
    join partition_links linked on linked.key = own.key
),
with_name (name, partition) as (
    (
        select 'donor', partition
        from by_place
        where exists (select from claims where claims.partition = by_place.partition and donors && @donors::text[])
        union
        select 'item', partition
        from by_place
        where exists (select from claims where claims.partition = by_place.partition and items && @items::text[])
    )
    union
    select with_name.name, linked.partition
    from with_name
    join partition_links own on own.partition = with_name.partition
    join partition_links linked on linked.key = own.key
),
matching (partition) as (
    select partition
    from by_place
    where (@donors is null or partition in (select partition from with_name where name = 'donor')) and (@items is null or partition in (select partition from with_name where name = 'item'))
),
-- Of a request also those in which something is given to it.
connected (partition) as (
    (
        select partition
        from matching
        union
        select supplied.partition
        from matching
        join partitions own on own.partition = matching.partition
        join partitions supplied on supplied.recipient = own.recipient and supplied.unit is not distinct from own.unit
        where own.partition like 't:%'
    )
    union
    select linked.partition
    from connected
    join partition_links own on own.partition = connected.partition
    join partition_links linked on linked.key = own.key
)
select partition
from connected
