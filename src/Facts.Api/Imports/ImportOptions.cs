using System.Text.Json.Serialization;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>The options of an import, as the caller gave them.</summary>
internal sealed record ImportOptions
{
    public WriteMode Mode { get; init; } = WriteMode.Upsert;
    public OnError OnError { get; init; } = OnError.Abort;
    public bool DryRun { get; init; }

    /// <summary>True if parties or items are created for unknown names.</summary>
    public bool CreateMissing { get; init; }

    /// <summary><c>parties</c> or <c>items</c> if only these are created; null otherwise.</summary>
    public CreateMissing? CreateOnly { get; init; }

    public ResolvePolicy Resolve { get; init; } = ResolvePolicy.Auto;
    public MissingPolicy Missing { get; init; } = MissingPolicy.Keep;

    public ChangedPolicy Changed { get; init; } = ChangedPolicy.Correct;

    /// <summary>The decimal sign of numbers in CSV; null if the caller does not say.</summary>
    public DecimalSign? Decimal { get; init; }

    /// <summary>Texts of CSV cells that mean nothing.</summary>
    public IReadOnlyList<string> Na { get; init; } = [];

    /// <summary>The caller's word about the cells of CSV.</summary>
    [JsonIgnore] public CsvFormat Csv => new(Decimal, Na);

    /// <summary>True if the caller may rank claims.</summary>
    public bool MayRank { get; init; } = true;

    /// <summary>True if the import is queued whatever its size.</summary>
    [JsonIgnore] public bool Async { get; init; }

    public static readonly ParameterSpec[] Parameters =
    [
        new("mode", WireType.Word<WriteMode>(),
            "Effect of a row whose article and external id are stored already, with other content: it supersedes the claim, is refused, or is ignored.")
            { Default = "upsert" },
        new("on_error", WireType.Word<OnError>(), "Effect of a refused row: nothing is stored (`abort`), or only the other rows are (`skip`).")
            { Default = "abort" },
        new("dry_run", WireType.Flag, "Do everything and report it, but store nothing.") { Default = "false" },
        new("create_missing", WireType.Word<CreateMissing>(), "Create parties and items that are unknown (`true`), or only `parties` or `items`.")
            { Default = "false" },
        new("resolve", WireType.Word<ResolvePolicy>(),
            "Treatment of claims without a key: several may report one fact (`auto`), or each is a fact of its own (`keyed`).") { Default = "auto" },
        new("missing", WireType.Word<MissingPolicy>(),
            "Treatment of claims of the file's articles that the file no longer holds. They stay (`keep`). They are withdrawn, since our record was "
            + "wrong (`withdraw`). Or the commitments of missing pledges are cancelled as of the file's `article_published_on`, "
            + "since the donor took them back (`cancel`).") { Default = "keep" },
        new("changed", WireType.Word<ChangedPolicy>(),
            "Meaning of another number of a stored pledge. It corrects our record (`correct`), so `original` changes too. Or the donor changed the pledge "
            + "(`amend`): an amendment has the new total as of the file's `article_published_on`.") { Default = "correct" },
        new("decimal", WireType.Word<DecimalSign>(),
            "CSV: the decimal sign of numbers. `comma` reads `1.500,25` and `point` reads `1,500.25`; thousands may also be separated by blanks or "
            + "apostrophes. "
            + "Without it a number that the two read differently, such as `1.500`, is refused."),
        new("na", WireType.Text,
            "CSV: texts of cells that mean nothing, such as `NA` or `nan`, in any case. Such a cell is then empty. Without it the usual ones are refused.")
            { Many = true },
        new("async", WireType.Flag, "Queue the import and answer 202, whatever the size of the file. Files of more than 1,000 rows are always queued.")
            { Default = "false" },
    ];

    /// <summary>From a valid query string.</summary>
    public static ImportOptions From(Parameters given) => new()
    {
        Mode = given.Word<WriteMode>("mode") ?? WriteMode.Upsert,
        OnError = given.Word<OnError>("on_error") ?? OnError.Abort,
        DryRun = given.Flag("dry_run") ?? false,
        CreateMissing = given.Word<CreateMissing>("create_missing") is not (null or Claims.CreateMissing.False),
        CreateOnly = given.Word<CreateMissing>("create_missing") is Claims.CreateMissing.Parties or Claims.CreateMissing.Items
            ? given.Word<CreateMissing>("create_missing") : null,
        Resolve = given.Word<ResolvePolicy>("resolve") ?? ResolvePolicy.Auto,
        Missing = given.Word<MissingPolicy>("missing") ?? MissingPolicy.Keep,
        Changed = given.Word<ChangedPolicy>("changed") ?? ChangedPolicy.Correct,
        Decimal = given.Word<DecimalSign>("decimal"),
        Na = given.Texts("na"),
        Async = given.Flag("async") ?? false,
    };

    public WriteOptions ToWrite() => new(Mode, OnError == OnError.Skip, DryRun,
        CreateOnly ?? (CreateMissing ? Claims.CreateMissing.True : Claims.CreateMissing.False))
    {
        IsFile = true,
        Resolve = Resolve,
        Missing = Missing,
        Changed = Changed,
        MayRank = MayRank,
    };
}
