using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Facts.Cli;

/// <summary>Uploads one file, with retries, and follows its import.</summary>
internal sealed class FileUpload(Server server, InputFile file, LoadOptions options)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500), LongestPause = TimeSpan.FromSeconds(10), BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The idempotency key: a digest of the file and its options. So an equal load resumes the earlier one, also from another machine. If the answer
    /// to the earlier load is out of date, the load gets a random key. A dry run has no key: it stores nothing and must see the current data.
    /// </summary>
    string? _idempotencyKey = options.DryRun ? null : options.Again ? Guid.NewGuid().ToString("N") : Digest(file, options);

    bool _reached;

    /// <summary>An answer of the service.</summary>
    /// <param name="At">Instant of the answer, by the service's clock.</param>
    /// <param name="Replayed">True if the answer repeats the answer to an earlier run of this program. False if it repeats an answer that this run
    /// lost.</param>
    sealed record Answer(HttpStatusCode Status, string Text, string? Location, DateTimeOffset? At, bool Replayed, TimeSpan? RetryAfter);

    /// <summary>Loads the file, prints the report, and returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var (answer, report) = await Progress.ShowAsync(file, async progress =>
        {
            var answer = await SendAsync(progress, cancel);
            if (answer.Replayed && !await IsResumedAsync(answer, progress, cancel))
            {
                _idempotencyKey = Guid.NewGuid().ToString("N");
                answer = await SendAsync(progress, cancel);
            }
            var follows = answer.Status == HttpStatusCode.Accepted && options.Wait;
            return (answer, follows ? await FollowAsync(Place(answer), progress, cancel) : ImportReport.From(answer.Text));
        });
        if (answer.Status == HttpStatusCode.Accepted && !options.Wait)
        {
            Console.Out.WriteLine($"{file.Name}: uploaded; the report is at {Place(answer)}");
            return ExitCode.Done;
        }
        if (report is null) return Refuse(answer);
        report.Write(file.Name);
        if (report is { State: "done" } && report.RowsCreated + report.RowsUpdated > 0) await TellOfReviewAsync(cancel);
        if (options.Errors is { } place && report.RowsFailed > 0) await SaveErrorsAsync(report, place, cancel);
        return report.ExitCode;
    }

    /// <summary>
    /// True if the earlier load with this key is still right: it runs, or it was stored and nothing was written since. Otherwise the file is loaded
    /// again: rows that were refused may be accepted now, and claims that a later file replaced come back.
    /// </summary>
    async Task<bool> IsResumedAsync(Answer answer, Progress progress, CancellationToken cancel)
    {
        var report = ImportReport.From(answer.Text);
        if (answer.Status == HttpStatusCode.Accepted) report = ImportReport.From(await server.GetTextAsync(Place(answer), cancel));
        var before = $"this file was loaded before, at {report?.QueuedAt?.UtcDateTime:u}";
        if (report is { FinishedAt: null })
            progress.Say($"{before}, and that load still runs");
        else if (report is { State: "done", FinishedAt: { } finished } && !await IsWrittenSinceAsync(finished, cancel))
            progress.Say($"{before}; nothing was written since, so this is the earlier report; --again loads it again");
        else
        {
            progress.Say($"{before}; the data has changed since, or the load was refused, so it is loaded again");
            return false;
        }
        return true;
    }

    async Task<bool> IsWrittenSinceAsync(DateTimeOffset instant, CancellationToken cancel)
    {
        var address = server.Address("v1/changes", [("recorded_at__gt", $"{instant.UtcDateTime:O}"), ("limit", "1"), ("fields", "sequence")]);
        using var changes = JsonDocument.Parse(await server.GetTextAsync(address, cancel));
        return changes.RootElement.GetProperty("items").GetArrayLength() > 0;
    }

    /// <summary>Sends the file. Retries if the connection breaks or the service is busy.</summary>
    async Task<Answer> SendAsync(Progress progress, CancellationToken cancel)
    {
        var patience = Stopwatch.StartNew();
        var mayBeDone = false;
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                var answer = await AskAsync(Request(progress), cancel);
                if (!IsTemporary(answer) || patience.Elapsed > options.Patience)
                    return mayBeDone && IsOf(answer, patience.Elapsed) ? answer with { Replayed = false } : answer;
                mayBeDone |= answer.Status != HttpStatusCode.TooManyRequests;
                if (answer.RetryAfter is { } asked) pause = asked < LongestPause ? asked : LongestPause;
                progress.Say($"the service is busy ({(int)answer.Status}); trying again");
            }
            catch (HttpRequestException cut) when ((_reached || !Server.IsNoConnection(cut)) && patience.Elapsed < options.Patience)
            {
                mayBeDone = true;
                progress.Say($"the connection was lost ({cut.InnerException?.Message ?? cut.Message}); trying again");
            }
            catch (HttpRequestException failure)
            {
                throw server.Unreachable(failure);
            }
            await Task.Delay(pause, cancel);
        }
    }

    /// <summary>True if the import arrived during this run of the program, so that the answer is its own.</summary>
    static bool IsOf(Answer answer, TimeSpan last) => ImportReport.From(answer.Text)?.QueuedAt >= answer.At - last;

    /// <summary>Follows a queued import until it has finished.</summary>
    async Task<ImportReport> FollowAsync(Uri place, Progress progress, CancellationToken cancel)
    {
        var patience = Stopwatch.StartNew();
        for (var pause = FirstPause / 5; ; pause = pause * 2 < BetweenLooks ? pause * 2 : BetweenLooks)
        {
            await Task.Delay(pause, cancel);
            try
            {
                var answer = await AskAsync(new HttpRequestMessage(HttpMethod.Get, place), cancel);
                if (ImportReport.From(answer.Text) is { } report)
                {
                    if (report.FinishedAt is not null) return report;
                    progress.Loaded(report);
                    patience.Restart();
                }
                else if (!IsTemporary(answer) || patience.Elapsed > options.Patience)
                {
                    throw new CommandException($"{place}: {Problem.From(answer.Status, answer.Text)}");
                }
            }
            catch (HttpRequestException) when (patience.Elapsed < options.Patience)
            {
                progress.Say("the connection was lost; trying again");
            }
            catch (HttpRequestException failure)
            {
                throw server.Unreachable(failure);
            }
        }
    }

    async Task<Answer> AskAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            using var answer = await server.SendAsync(request, cancel);
            _reached = true;
            var replayed = answer.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Contains("true");
            return new(
                answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel), answer.Headers.Location?.OriginalString,
                answer.Headers.Date, replayed, answer.Headers.RetryAfter?.Delta);
        }
    }

    HttpRequestMessage Request(Progress progress)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Address("v1/imports", options.Query))
        {
            Content = file.Body(sent =>
            {
                _reached = true;
                progress.Sent(sent);
            }),
        };
        if (_idempotencyKey is not null) request.Headers.Add("Idempotency-Key", _idempotencyKey);
        // The service can refuse a bad key or option before the file is sent.
        request.Headers.ExpectContinue = true;
        return request;
    }

    Uri Place(Answer answer) => server.Given(answer.Location ?? throw new CommandException("the service accepted the file but sent no address of the report"));

    /// <summary>True for a temporary error: too many requests, a starting database, a proxy without its service, or an equal request that still runs.</summary>
    static bool IsTemporary(Answer answer) => (int)answer.Status is 429 or 502 or 503 or 504
        || answer.Status == HttpStatusCode.Conflict && Problem.From(answer.Status, answer.Text).Code == "idempotency_in_progress";

    /// <summary>Prints why the file was refused and returns 1. A wrong or forbidden request is a <see cref="CommandException"/> instead.</summary>
    int Refuse(Answer answer)
    {
        var problem = Problem.From(answer.Status, answer.Text);
        var isOfFile = (int)answer.Status is 413 or 415 or 422 || (int)answer.Status is 400 && problem.Errors?.Any(e => e.Parameter is not null) != true;
        if (!isOfFile || problem.Code is "idempotency_mismatch" || problem.Code is null) throw new CommandException(problem.ToString());
        foreach (var error in problem.Errors ?? []) Console.Error.WriteLine(error.InFile(file.Name));
        if (problem.Errors is not { Count: > 0 }) Console.Error.WriteLine($"{file.Name} {problem.Detail}");
        Console.Out.WriteLine($"{file.Name}: refused; nothing was stored");
        return ExitCode.Refused;
    }

    /// <summary>Says how many pairs of facts may be one thing told twice. A load is where they come from, and until an editor decides both count.</summary>
    async Task TellOfReviewAsync(CancellationToken cancel)
    {
        var address = server.Address("v1/review", [("limit", "1"), ("count", "exact")]);
        try
        {
            using var review = JsonDocument.Parse(await server.GetTextAsync(address, cancel));
            if (review.RootElement.GetProperty("count").GetInt64() is > 0 and var pairs)
                Console.Out.WriteLine($"review: {pairs} {(pairs == 1 ? "pair" : "pairs")} in the store may be one thing told twice; see /v1/review");
        }
        catch (CommandException)
        {
            // The file is stored. A key that may only write, or a connection that is lost now, does not make the load fail.
        }
    }

    async Task SaveErrorsAsync(ImportReport report, string place, CancellationToken cancel)
    {
        if (report.ErrorsUrl is null) throw new CommandException("the service has no list of the refused rows of this import");
        var address = new UriBuilder(server.Given(report.ErrorsUrl));
        if (!address.Query.Contains("format=", StringComparison.Ordinal))
            address.Query = address.Query.Length > 1 ? address.Query + "&format=csv" : "format=csv";
        // A program that wrote the mark needs it to read the letters right.
        if (file.BeginsWithMark()) address.Query += "&bom=true";
        using var answer = await server.GetAsync(address.Uri, cancel);
        await AtomicFile.WriteAsync(place, async output => await (await answer.Content.ReadAsStreamAsync(cancel)).CopyToAsync(output, cancel));
        Console.Error.WriteLine($"{file.Name}: the refused rows are in {place}; " + (options.Query.Contains(("on_error", "skip"))
            ? $"correct them there and load {place}"
            : $"nothing is stored, so correct {file.Name}; or load it with --on-error skip, then correct and load {place}"));
    }

    static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    static string Digest(InputFile file, LoadOptions options)
    {
        var parameters = string.Join('&', options.Query.Select(q => $"{q.Name}={q.Value}").Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{file.Sha256} {file.MediaType} {parameters}")));
    }
}
