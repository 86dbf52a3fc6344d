using System.Text.Json;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>A file of claims into numbered claims: a bad line is a result, not an exception.</summary>
internal static class ClaimReader
{
    /// <summary>More rows than this are not loaded in one request.</summary>
    public const int MaxRows = 1_000;

    /// <summary>Reads NDJSON, or one JSON array; which of them, its first character says. Rows are numbered by line, those of an array by place, from 1.</summary>
    public static (List<NumberedClaim> Rows, Problem? Problem) Read(ReadOnlyMemory<byte> bytes)
    {
        if (Body.EncodingProblem(bytes.Span) is { } encoding) return ([], encoding);
        bytes = Body.WithoutMark(bytes);
        var start = bytes.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0) return ([], Problems.EmptyFile.At(new() { Row = 1, Code = Problems.EmptyFile.Code, Message = "the file holds no rows; a claim a line is expected" }));
        var (rows, problem) = bytes.Span[start] == '[' ? FromArray(bytes) : (FromLines(bytes), null);
        return rows.Count > MaxRows
            ? ([], Problems.BodyTooLarge.Because($"the file has {rows.Count} rows; at most {MaxRows} are loaded at a time"))
            : (rows, problem);
    }

    static (List<NumberedClaim>, Problem?) FromArray(ReadOnlyMemory<byte> bytes)
    {
        var (document, problem) = JsonBody.Parse(bytes);
        if (document is null) return ([], problem);
        using (document)
        {
            if (document.RootElement.GetArrayLength() == 0)
                return ([], Problems.EmptyFile.At(new() { Row = 1, Code = Problems.EmptyFile.Code, Message = "the array is empty" }));
            return ([.. document.RootElement.EnumerateArray().Select((element, i) => Row(i + 1, element))], null);
        }
    }

    static List<NumberedClaim> FromLines(ReadOnlyMemory<byte> bytes)
    {
        var rows = new List<NumberedClaim>();
        for (var number = 1; !bytes.IsEmpty; number++)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0) continue;
            var (document, problem) = JsonBody.Parse(line);
            if (document is null) rows.Add(new(number, null, [new() { Row = number, Code = problem!.Kind.Code, Message = problem.Detail }]));
            else
                using (document) rows.Add(Row(number, document.RootElement));
        }

        return rows;
    }

    static NumberedClaim Row(int number, JsonElement element)
    {
        var bound = JsonBinder.Bind<ClaimRequest>(element);
        return new(number, bound.Value, [.. bound.Errors.Select(e => e with { Row = number, Column = e.Pointer?.Split('/') is ["", var column, ..] ? column : null })]);
    }
}
