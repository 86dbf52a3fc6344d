using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Facts.Api.Projections;

/// <summary>
/// The pairs for review of some partitions. A crowd has ten times as many pairs as facts, and a write changes few of them. So their rows, with texts, are made
/// only where they are needed, and pairs are compared with the stored ones by a hash.
/// </summary>
internal sealed class ProjectedCandidates
{
    // An odd number without a pattern.
    static readonly UInt128 Factor = new(0x9E3779B97F4A7C15, 0xF39CC0605CEDC835);

    // The texts of a row depend on the code that makes them.
    static readonly UInt128 Build = Hash($"{typeof(Fact).Module.ModuleVersionId} {typeof(CandidateRow).Module.ModuleVersionId}");

    readonly IReadOnlySet<Fact> _spanning;

    // A fact may be in many pairs. It is described once, and only if a row or a comparison needs it.
    readonly Dictionary<Fact, UInt128> _hashes = [];
    readonly Dictionary<Fact, string> _lines = [];

    /// <param name="pairs">The pairs.</param>
    /// <param name="spanning">Facts that pairs connect with facts of another balance total.</param>
    public ProjectedCandidates(IReadOnlyList<Candidate> pairs, IReadOnlySet<Fact> spanning) => (Pairs, _spanning) = (pairs, spanning);

    public IReadOnlyList<Candidate> Pairs { get; }

    /// <summary>The rows of all pairs.</summary>
    public IEnumerable<CandidateRow> Rows => Pairs.Select(Row);

    public CandidateRow Row(Candidate pair) =>
        CandidateRow.From(pair, LineOf(pair.A), LineOf(pair.B), _spanning.Contains(pair.A), ContentOf(pair));

    /// <summary>See <see cref="CandidateRow.Content"/>.</summary>
    public Guid ContentOf(Candidate pair)
    {
        var details = ((ulong)pair.Reason << 1) | (_spanning.Contains(pair.A) ? 1u : 0);
        var hash = Mix(Mix(Mix(Mix(Build, HashOf(pair.A)), HashOf(pair.B)), details), (ulong)(pair.Claim?.Id ?? 0));
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, hash);
        return new(bytes);
    }

    UInt128 HashOf(Fact fact) => _hashes.TryGetValue(fact, out var known) ? known : _hashes[fact] = ContentOf(fact);

    string LineOf(Fact fact) => _lines.TryGetValue(fact, out var known) ? known : _lines[fact] = Reasons.Describe(fact);

    /// <summary>True if a pair of an earlier computation has the same row in this one.</summary>
    public bool HasSameRow(Candidate pair, ProjectedCandidates before) => _spanning.Contains(pair.A) == before._spanning.Contains(pair.A);

    static UInt128 Mix(UInt128 hash, UInt128 next)
    {
        hash = unchecked((hash ^ next) * Factor);
        return hash ^ (hash >> 67);
    }

    // All of a fact from which the columns of a row are made.
    static UInt128 ContentOf(Fact fact)
    {
        var (text, culture) = (new StringBuilder(), CultureInfo.InvariantCulture);
        text.Append(culture, $"{FactRows.PartitionOf(fact)}|{fact.Kind}|{fact.Id}|{fact.Key}|{fact.Donors}|{fact.Recipient}|{fact.Items}|{fact.Unit}");
        text.Append(culture, $"|{string.Join(',', fact.Reports.Select(c => c.Id))}");
        foreach (var claim in fact.Claims)
        {
            text.Append(culture, $"|{claim.Id}|{claim.FirstEditionId}|{claim.Kind}|{claim.Article.Name}|{claim.ExternalId}|{claim.Article.PublisherKey}");
            text.Append(culture, $"|{claim.Rank}|{claim.Donors}|{claim.Recipient}|{claim.Items}|{claim.EffectiveUnit}|{claim.Basis}");
            text.Append(culture, $"|{claim.Quantity is null}|{claim.Quantity?.Low}|{claim.Quantity?.High}");
            text.Append(culture, $"|{claim.Stated}|{claim.Happened}|{claim.Due}|{claim.Stage}|{claim.Firmness}");
        }
        return Hash(text.ToString());
    }

    static UInt128 Hash(string text) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
