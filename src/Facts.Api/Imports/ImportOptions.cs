using System.Text.Json.Serialization;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>How a load is to be carried out, as it was asked for.</summary>
internal sealed record ImportOptions
{
    public WriteMode Mode { get; init; } = WriteMode.Upsert;
    public OnError OnError { get; init; } = OnError.Abort;
    public bool DryRun { get; init; }
    public bool CreateMissing { get; init; }
    public ResolvePolicy Resolve { get; init; } = ResolvePolicy.Auto;
    public MissingPolicy Missing { get; init; } = MissingPolicy.Keep;

    /// <summary>Whether whoever sent it may rank claims.</summary>
    public bool MayRank { get; init; } = true;

    /// <summary>Whether it was to be queued, however small it is.</summary>
    [JsonIgnore] public bool Async { get; init; }

    public static readonly ParameterSpec[] Parameters =
    [
        new("mode", WireType.Word<WriteMode>(), "What becomes of a claim whose article and external id are stored already: new content supersedes it, is refused, or is ignored.") { Default = "upsert" },
        new("on_error", WireType.Word<OnError>(), "Write nothing where a row is refused, or the others.") { Default = "abort" },
        new("dry_run", WireType.Flag, "Do everything, report it, and take it back.") { Default = "false" },
        new("create_missing", WireType.Flag, "Make parties and items that are not known yet.") { Default = "false" },
        new("resolve", WireType.Word<ResolvePolicy>(), "Whether claims without a key may be reports of what others report (`auto`), or each is a fact of its own (`keyed`).") { Default = "auto" },
        new("missing", WireType.Word<MissingPolicy>(), "What becomes of claims of the file's articles that the file no longer holds: nothing; they are withdrawn (our record was wrong); or the commitments of dropped pledges are cancelled as of the file's `article_published_on` (a living list dropped them).") { Default = "keep" },
        new("async", WireType.Flag, "Answer 202 and carry it out later, however small the file is; more than 1,000 rows always are.") { Default = "false" },
    ];

    /// <summary>From a query string that was found right.</summary>
    public static ImportOptions From(Parameters given) => new()
    {
        Mode = given.Word<WriteMode>("mode") ?? WriteMode.Upsert,
        OnError = given.Word<OnError>("on_error") ?? OnError.Abort,
        DryRun = given.Flag("dry_run") ?? false,
        CreateMissing = given.Flag("create_missing") ?? false,
        Resolve = given.Word<ResolvePolicy>("resolve") ?? ResolvePolicy.Auto,
        Missing = given.Word<MissingPolicy>("missing") ?? MissingPolicy.Keep,
        Async = given.Flag("async") ?? false,
    };

    public WriteOptions ToWrite() => new(Mode, OnError == OnError.Skip, DryRun, CreateMissing) { NameByContent = true, Resolve = Resolve, Missing = Missing, MayRank = MayRank };
}
