using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>Reads claims from NDJSON and from a JSON array.</summary>
internal static class JsonClaims
{
    // A valid file is three levels deep: array, claim, list of donors. The limit leaves room to report a deeper row as an error of that row.
    static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    public static async IAsyncEnumerable<ParsedRow> ReadLinesAsync(Stream file, [EnumeratorCancellation] CancellationToken cancel)
    {
        file.Position = 0;
        var pipe = PipeReader.Create(file, new(bufferSize: 65_536, leaveOpen: true));
        var (number, any) = (0, false);
        for (ReadResult read; ;)
        {
            read = await pipe.ReadAsync(cancel);
            var rest = read.Buffer;
            while (Line(ref rest, read.IsCompleted) is { } line)
            {
                number++;
                if (line.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0) continue;
                any = true;
                yield return Row(number, line);
            }
            pipe.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) break;
        }
        await pipe.CompleteAsync();
        if (!any) throw Empty("the file holds no rows; a claim a line is expected");
    }

    public static async IAsyncEnumerable<ParsedRow> ReadArrayAsync(Stream file, [EnumeratorCancellation] CancellationToken cancel)
    {
        file.Position = 0;
        var pipe = PipeReader.Create(file, new(bufferSize: 65_536, leaveOpen: true));
        var state = new JsonReaderState(Options);
        var (number, ended) = (0, false);
        for (ReadResult read; ;)
        {
            read = await pipe.ReadAsync(cancel);
            var rest = read.Buffer;
            while (!ended && Element(ref rest, ref state, read.IsCompleted, out ended) is { } element) yield return Row(++number, element);
            if (ended) End(ref rest, ref state, read.IsCompleted);
            if (rest.Length > Utf8LineChecker.LongestLine) throw Utf8LineChecker.TooLong(number + 1);
            pipe.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) break;
        }
        await pipe.CompleteAsync();
        if (number == 0) throw Empty("the array is empty");
    }

    static byte[]? Line(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end).ToArray();
            rest = rest.Slice(rest.GetPosition(1, end));
            return line;
        }
        if (!isLast || rest.IsEmpty) return null;
        var last = rest.ToArray();
        rest = rest.Slice(rest.End);
        return last;
    }

    /// <summary>The next element; null if the buffer does not hold all of it.</summary>
    static byte[]? Element(ref ReadOnlySequence<byte> rest, ref JsonReaderState state, bool isLast, out bool ended)
    {
        ended = false;
        var reader = new Utf8JsonReader(rest, isLast, state);
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.StartArray, CurrentDepth: 0 }) continue;
                ended = reader is { TokenType: JsonTokenType.EndArray, CurrentDepth: 0 };
                var start = reader.TokenStartIndex;
                if (!ended && !reader.TrySkip()) return null;
                var element = ended ? null : rest.Slice(start, reader.BytesConsumed - start).ToArray();
                (rest, state) = (rest.Slice(reader.BytesConsumed), reader.CurrentState);
                return element;
            }
        }
        catch (JsonException e)
        {
            throw new ProblemException(JsonBody.Malformed(e, []));
        }
        return null;
    }

    /// <summary>Checks that only white space follows the array.</summary>
    static void End(ref ReadOnlySequence<byte> rest, ref JsonReaderState state, bool isLast)
    {
        try
        {
            var reader = new Utf8JsonReader(rest, isLast, state);
            reader.Read();
            (rest, state) = (rest.Slice(reader.BytesConsumed), reader.CurrentState);
        }
        catch (JsonException e)
        {
            throw new ProblemException(JsonBody.Malformed(e, []));
        }
    }

    static ParsedRow Row(int number, byte[] text)
    {
        var (document, problem) = JsonBody.Parse(text, isRow: true);
        if (document is null) return new(number, null, [new() { Row = number, Code = problem!.Kind.Code, Message = problem.Detail }]) { Text = text };
        using (document)
        {
            var bound = JsonBinder.Bind<ClaimRequest>(document.RootElement);
            var errors = bound.Errors;
            if (errors.Count > 0 && ExportColumns.Match(errors.Where(e => e.Code == Problems.UnknownMember.Code).Select(e => e.Pointer![1..])))
            {
                errors = [.. errors.Where(e => e.Code != Problems.UnknownMember.Code || !ExportColumns.Own.Contains(e.Pointer![1..]))];
                ExportColumns.ClearArticleId(bound.Value);
            }
            errors = [.. errors.Select(e => e with { Row = number, Column = e.Pointer?.Split('/') is ["", var column, ..] ? column : null })];
            return new(number, bound.Value, errors) { Text = text };
        }
    }

    static ProblemException Empty(string message) => new(Problems.EmptyFile.At(new() { Row = 1, Code = Problems.EmptyFile.Code, Message = message }));
}
