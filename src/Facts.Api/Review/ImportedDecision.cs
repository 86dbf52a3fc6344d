using Facts.Api.Http;

namespace Facts.Api.Review;

/// <summary>A decision as the list gives it out, to be recorded elsewhere.</summary>
internal sealed class ImportedDecision : DecisionRequest
{
    /// <summary>Its number where it comes from; here it gets another.</summary>
    public long? Id { get; set; }

    /// <summary>When it was recorded where it comes from.</summary>
    public string? RecordedAt { get; set; }

    /// <summary>When it was undone there; such a one is left out.</summary>
    public string? UndoneAt { get; set; }

    /// <summary>Whether it does nothing where it comes from: it was undone, or what it is about counts no more and so has no name.</summary>
    public bool DoesNothing() => UndoneAt is not null || RecordedAt is not null && (ClaimA() is null || ClaimB() is null && !IsRank());

    /// <summary>Lines of NDJSON, each with its number; and all that is wrong with them.</summary>
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
                var wrong = bound.Value.DoesNothing() ? bound.Errors : Validation.Errors(bound, new DecisionRequestValidator());
                errors.AddRange(wrong.Select(e => e with { Row = row }));
                lines.Add((row, bound.Value));
            }
        }
        return (lines, errors);
    }
}
