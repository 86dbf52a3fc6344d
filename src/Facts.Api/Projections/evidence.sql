-- Claims with their articles as JSON, one row for each claim, by stated day. The caller writes its condition on the claim c in place of @condition.
select json_build_object(
    'id', c.id, 'external_id', c.external_id, 'kind', c.kind, 'firmness', c.firmness, 'stage', c.stage,
    'stated_on', c.stated_on, 'happened_on', c.happened_on, 'due_on', c.due_on,
    'quantity_low', c.quantity_low, 'quantity_high', c.quantity_high, 'quantity_qualifier', c.quantity_qualifier,
    'quantity_basis', c.quantity_basis, 'quantity_text', c.quantity_text, 'unit', c.unit,
    'quote', c.quote, 'quote_prefix', c.quote_prefix, 'quote_suffix', c.quote_suffix,
    'claimant', c.claimant, 'attribution', c.attribution, 'rank', c.rank, 'note', c.note,
    'article_id', a.id, 'article_url', a.url, 'article_external_id', a.external_id, 'article_title', a.title,
    'article_publisher', a.publisher, 'article_published_on', a.published_on
)::text
from claims c
join articles a on a.id = c.article_id
where @condition
order by c.stated_to, c.stated_from, a.external_id, a.url, c.external_id
