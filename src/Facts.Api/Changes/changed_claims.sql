-- Claims that the changes @ids recorded or ended: one row for each claim and action, at most @most recorded and @most ended claims for each change.
-- A null in superseded_by means that no claim took the place of the claim.
select change.id, claim.id, claim.external_id, claim.article_id, claim.kind, claim.what, claim.superseded_by
from unnest(@ids, @firsts, @lasts) as change (id, first, last)
cross join lateral (
    (
        select id, external_id, article_id, kind, 'recorded' as what, null::bigint as superseded_by
        from claims
        where claims.id between change.first and change.last
            and recorded_in = change.id
        order by claims.id
        limit @most
    )
    union all
    (
        select id, external_id, article_id, kind, case when superseded_by is null then 'withdrawn' else 'superseded' end, superseded_by
        from claims
        where superseded_in = change.id
        order by claims.id
        limit @most
    )
) as claim
