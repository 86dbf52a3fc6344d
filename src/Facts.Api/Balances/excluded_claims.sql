-- The claims that no longer count, one row for each, with the reason.
-- A claim is here if it was recorded by @known_at (null: now) and, by that moment, was superseded, withdrawn, deprecated or of a retracted article.
-- It also concerns one of @recipients (null: all) or names one of the keys in @commitments, @deliveries and @requests.
select
    c.id, c.kind, c.donors, c.recipient, c.items, c.unit, c.stated_on, c.due_on, c.commitment, c.delivery, c.request,
    case
        when ended.superseded then case when c.superseded_by is null then 'withdrawn' else 'superseded' end
        when ended.retracted then 'retracted'
        else 'deprecated'
    end as reason,
    c.superseded_by
from claims c
join articles a on a.id = c.article_id
cross join lateral (
    select
        c.superseded_in is not null
            and (@known_at::timestamptz is null or exists (select from changes where id = c.superseded_in and recorded_at <= @known_at)) as superseded,
        a.retracted_at is not null and (@known_at::timestamptz is null or a.retracted_at <= @known_at) as retracted
) ended
where (c.superseded_in is not null or a.retracted_at is not null or c.rank = 'deprecated')
    and (ended.superseded or ended.retracted or c.rank = 'deprecated')
    and (@known_at::timestamptz is null or exists (select from changes where id = c.recorded_in and recorded_at <= @known_at))
    and (@attributions::text[] is null or c.attribution = any (@attributions))
    and (@publishers::text[] is null or upper(a.publisher) = any (@publishers))
    and (
        c.kind in ('request', 'pledge', 'delivery') and (@recipients::text[] is null or c.recipient = any (@recipients))
        or c.commitment = any (@commitments)
        or c.delivery = any (@deliveries)
        or c.request = any (@requests)
    )
order by c.id
