using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>The answer to a POST of a claim: the claim as in lists, and the warnings of the write.</summary>
internal static class RecordedClaim
{
    const string Name = "warnings", Description = "Values that are possible but look wrong. The claim is recorded all the same.";

    public static RowShape Shape { get; } = new("RecordedClaim",
    [
        .. ClaimListSchema.Fields.Shape().Columns,
        new(Name, WireType.Nested, typeof(IReadOnlyList<ProblemError>), IsSet: false, IsNullable: false, Description, null),
    ]);

    /// <summary>The columns of the answer.</summary>
    public static IReadOnlyList<ListField<ClaimResponse>> Columns(IReadOnlyList<ProblemError> warnings)
    {
        // The claim is the only row of its request, so the row and the column say nothing.
        IReadOnlyList<ProblemError> shown = [.. warnings.Select(w => w with { Row = null, Column = null })];
        return
        [
            .. ClaimListSchema.Fields.Fields,
            new() { Name = Name, Description = Description, Value = (ClaimResponse _) => shown, Get = _ => shown, Type = WireType.Nested },
        ];
    }
}
