using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>
/// Validates rows by the rules of <c>POST /v1/claims</c>. Holds no state of the import, so the next batch is checked on another thread while one is stored.
/// </summary>
internal sealed class RowChecker(WriteOptions options)
{
    static readonly ClaimRequestValidator Validator = new();

    public CheckedBatch Check(IReadOnlyList<ParsedRow> rows)
    {
        var errors = new BatchErrors();
        foreach (var row in rows) Check(row, errors);
        return new(rows, errors);
    }

    void Check(ParsedRow row, BatchErrors errors)
    {
        foreach (var error in row.Errors) errors.Refuse(row, error);
        // A row that is no JSON object lacks every member; errors for each of them would say nothing new.
        if (row.Claim is null || row.Errors.Any(e => e.Pointer == "" && e.Code == Problems.WrongType.Code)) return;
        if (!Validator.Accepts(row.Claim))
            foreach (var failure in Validator.Validate(row.Claim).Errors)
            {
                var error = BatchErrors.At(row, failure.PropertyName, failure.ErrorCode, failure.ErrorMessage, Validation.Sent(failure));
                if (BatchErrors.WasRead(row, error)) errors.Refuse(row, error);
            }
        if (!options.MayRank && row.Claim.Rank is not (null or "normal"))
            errors.Refuse(row, BatchErrors.At(row, "rank", Problems.ScopeMissing.Code,
                "is an editor's word: it needs a key with the scope edit", row.Claim.Rank));
    }
}
