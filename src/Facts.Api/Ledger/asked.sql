-- The neighbourhoods that have a say in facts of the parties, items and units that are named, one row each; null names all of them. Whom a fact concerns is decided
-- attribute by attribute, so each name is looked for by itself, in all that is tied together.
with recursive placed (scope) as (
    select scope
    from neighbourhoods
    where (@recipients::text[] is null or recipient = any (@recipients)) and (@units::text[] is null or unit = any (@units))
    union
    select tied.scope
    from placed
    join ties own on own.scope = placed.scope
    join ties tied on tied.key = own.key
),
named (name, scope) as (
    (
        select 'donor', scope
        from placed
        where exists (select from claims where claims.scope = placed.scope and donors && @donors::text[])
        union
        select 'item', scope
        from placed
        where exists (select from claims where claims.scope = placed.scope and items && @items::text[])
    )
    union
    select named.name, tied.scope
    from named
    join ties own on own.scope = named.scope
    join ties tied on tied.key = own.key
),
meant (scope) as (
    select scope
    from placed
    where (@donors is null or scope in (select scope from named where name = 'donor')) and (@items is null or scope in (select scope from named where name = 'item'))
),
-- Of a request also those in which something is given to it.
reached (scope) as (
    (
        select scope
        from meant
        union
        select beside.scope
        from meant
        join neighbourhoods own on own.scope = meant.scope
        join neighbourhoods beside on beside.recipient = own.recipient and beside.unit is not distinct from own.unit
        where own.scope like 't:%'
    )
    union
    select tied.scope
    from reached
    join ties own on own.scope = reached.scope
    join ties tied on tied.key = own.key
)
select scope
from reached
