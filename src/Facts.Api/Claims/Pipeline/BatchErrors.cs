using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>Errors and warnings of a batch, which every step adds to. A row with an error is refused: later steps leave it out.</summary>
internal sealed class BatchErrors
{
    readonly HashSet<int> _refused = [];
    readonly List<ProblemError> _errors = [];
    readonly List<ProblemError> _warnings = [];

    /// <summary>True if any row was refused.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>Number of refused rows. One row may have several errors.</summary>
    public int RefusedRows => _refused.Count;

    /// <summary>Errors by row; those of one row in the order in which they were found.</summary>
    public IReadOnlyList<ProblemError> Errors => [.. _errors.OrderBy(e => e.Row)];

    /// <summary>Warnings by row; those of one row in the order in which they were found.</summary>
    public IReadOnlyList<ProblemError> Warnings => [.. _warnings.OrderBy(w => w.Row)];

    public bool IsRefused(ParsedRow row) => _refused.Contains(row.Row);

    public void Refuse(ParsedRow row, ProblemError error)
    {
        _refused.Add(row.Row);
        _errors.Add(error);
    }

    public void Warn(ProblemError warning) => _warnings.Add(warning);

    /// <summary>An error at a member of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="member">The member as in C#, with an index if it is a list: <c>Donors[1]</c> becomes the column <c>donors</c> and the pointer
    /// <c>/donors/1</c>.</param>
    /// <param name="code">The error code.</param>
    /// <param name="message">The rest of the sentence that begins with the column: "is needed".</param>
    /// <param name="value">The value as sent; null if there is none to show.</param>
    public static ProblemError At(ParsedRow row, string member, string code, string message, string? value = null)
    {
        var wire = EnumWords.Snake(member.Split('.')[^1]);
        var (name, index) = wire.Split('[') is [var list, var rest] ? (list, "/" + rest.TrimEnd(']')) : (wire, "");
        return new() { Code = code, Row = row.Row, Column = name, Pointer = $"/{name}{index}", Message = $"{name} {message}".Trim(), Value = value };
    }

    /// <summary>
    /// True if the parser could read the member that an error is about. If not, its error is reported already, and a second one would say nothing new.
    /// </summary>
    public static bool WasRead(ParsedRow row, ProblemError error) => row.Errors.All(e => e.Pointer != error.Pointer);
}
