-- The claims of @partitions that count, one row for each claim. They are the claims as known at @known_at; null: as known now.
-- A null in @attributions, @publishers or @ids takes claims of all of them.
select
    c.partition, c.id, c.first_edition_id, c.external_id, c.kind, c.firmness, c.donors, c.recipient, c.items,
    c.quantity_qualifier, c.quantity_low, c.quantity_high, c.quantity_text, c.quantity_basis, c.unit,
    c.stated_on, c.happened_on, c.due_on, c.stage, c.condition, c.condition_met, c.on_hold,
    c.commitment, c.delivery, c.request, c.assessment, c.part_of,
    c.quote, c.quote_prefix, c.quote_suffix, c.rank,
    c.xmin as version, a.xmin as article_version, a.id as article_id, coalesce(a.external_id, a.url) as article_name, a.title, a.publisher, a.published_on
from unnest(@partitions) as wanted (partition)
-- "offset 0" forces one index lookup for each partition. The planner's statistics do not know the rows that this transaction has written.
cross join lateral (select *, xmin from claims where partition = wanted.partition offset 0) c
cross join lateral (select *, xmin from articles where id = c.article_id offset 0) a
where
    (
        @known_at::timestamptz is null and c.superseded_in is null and a.retracted_at is null
        or @known_at is not null
            and exists (select from changes where id = c.recorded_in and recorded_at <= @known_at)
            and not exists (select from changes where id = c.superseded_in and recorded_at <= @known_at)
            and (a.retracted_at is null or a.retracted_at > @known_at)
    )
    and c.rank <> 'deprecated'
    and (@ids::bigint[] is null or c.id = any (@ids))
    and (@attributions::text[] is null or c.attribution = any (@attributions))
    and (@publishers::text[] is null or upper(a.publisher) = any (@publishers))
