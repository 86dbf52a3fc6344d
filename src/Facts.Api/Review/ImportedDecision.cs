using Facts.Api.Http;

namespace Facts.Api.Review;

/// <summary>A decision as the list of another store exports it, to be recorded in this store.</summary>
internal sealed class ImportedDecision : DecisionRequest
{
    /// <summary>Number of the decision in the store it comes from. It gets another number here.</summary>
    public long? Id { get; set; }

    /// <summary>Moment at which the decision was recorded in the store it comes from.</summary>
    public string? RecordedAt { get; set; }

    /// <summary>Moment at which the decision was undone in the store it comes from. An undone decision is left out.</summary>
    public string? UndoneAt { get; set; }

    /// <summary>
    /// True if the decision has no effect in the store it comes from: it was undone, or one of its claims no longer counts and is exported without a name.
    /// </summary>
    public bool HasNoEffect() => UndoneAt is not null || RecordedAt is not null && (ClaimA() is null || ClaimB() is null && !IsRank());

    /// <summary>Reads lines of NDJSON. Each decision has the number of its line, from 1; each error has it as its row.</summary>
    public static (List<(int Row, ImportedDecision Line)> Lines, List<ProblemError> Errors) Read(ReadOnlyMemory<byte> bytes)
    {
        var (lines, errors, row) = (new List<(int, ImportedDecision)>(), new List<ProblemError>(), 0);
        bytes = Body.WithoutMark(bytes);
        while (bytes.Length > 0)
        {
            row++;
            var end = bytes.Span.IndexOf((byte)'\n');
            var text = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (text.Span.Trim(" \t\r"u8).IsEmpty) continue;
            var (document, problem) = JsonBody.Parse(text, isRow: true);
            if (document is null)
            {
                errors.Add(new() { Code = problem!.Kind.Code, Row = row, Message = problem.Detail });
                continue;
            }
            using (document)
            {
                var bound = JsonBinder.Bind<ImportedDecision>(document.RootElement);
                var lineErrors = bound.Value.HasNoEffect() ? bound.Errors : Validation.Errors(bound, new DecisionRequestValidator());
                errors.AddRange(lineErrors.Select(e => e with { Row = row }));
                lines.Add((row, bound.Value));
            }
        }
        return (lines, errors);
    }
}
