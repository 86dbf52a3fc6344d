-- Partitions that can affect facts of the donors, recipients, items and units in a query, one row for each partition. A null parameter takes all of its kind.
-- A fact's donors and items are merged from several claims, perhaps of several linked partitions. So each name is searched for by itself among linked partitions.
with recursive
-- Partitions with one of the recipients and one of the units, and the partitions linked to them.
by_place (partition) as (
    select partition
    from partitions
    where (@recipients::text[] is null or recipient = any (@recipients)) and (@units::text[] is null or unit = any (@units))
    union
    select linked.partition
    from by_place
    join partition_links own on own.partition = by_place.partition
    join partition_links linked on linked.key = own.key
),
-- Partitions among those by_place where a claim names one of the donors or items, and the partitions linked to them: one row for each kind of name and partition.
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
-- Partitions that have both a donor and an item of the query, by themselves or through links.
matching (partition) as (
    select partition
    from by_place
    where (@donors is null or partition in (select partition from with_name where name = 'donor'))
        and (@items is null or partition in (select partition from with_name where name = 'item'))
),
-- The matching partitions, for requests the partitions that supply their recipient, and all partitions linked to them.
connected (partition) as (
    (
        select partition
        from matching
        union
        select supplied.partition
        from matching
        join partitions own on own.partition = matching.partition
        join partitions supplied on supplied.recipient = own.recipient and supplied.unit is not distinct from own.unit
        where own.is_request
    )
    union
    select linked.partition
    from connected
    join partition_links own on own.partition = connected.partition
    join partition_links linked on linked.key = own.key
)
select partition
from connected
