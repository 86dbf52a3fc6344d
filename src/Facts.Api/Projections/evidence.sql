-- Claims with their articles, one row for each claim, by stated day. The caller writes its condition on the claim c in place of @condition.
-- EvidenceRow reads the columns in this order.
select
    c.id, c.external_id, c.kind, c.firmness, c.stage, c.stated_on, c.happened_on, c.due_on,
    c.quantity_low, c.quantity_high, c.quantity_qualifier, c.quantity_basis, c.quantity_text, c.unit,
    c.quote, c.quote_prefix, c.quote_suffix, c.claimant, c.attribution, c.rank, c.note,
    a.id, a.url, a.external_id, a.title, a.publisher, a.published_on
from claims c
join articles a on a.id = c.article_id
where @condition
order by c.stated_to, c.stated_from, a.external_id, a.url, c.external_id
