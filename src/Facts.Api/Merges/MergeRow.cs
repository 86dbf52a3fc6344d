namespace Facts.Api.Merges;

/// <summary>A merge of a party or an item into another, with all that its undo needs. A merge that is undone stays stored.</summary>
internal sealed class MergeRow
{
    public long Id { get; set; }

    /// <summary><c>party</c> or <c>item</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Code of the entry that was merged.</summary>
    public string Code { get; set; } = "";

    /// <summary>Code of the entry that stayed.</summary>
    public string Into { get; set; } = "";

    public string? DecidedBy { get; set; }
    public string Reason { get; set; } = "";
    public DateTimeOffset MergedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>Number of claims, of all editions, whose codes changed.</summary>
    public int Claims { get; set; }

    /// <summary>The names that the entry that stayed got as aliases.</summary>
    public List<string> Aliases { get; set; } = [];

    /// <summary>Codes of the groups in which the party that stayed took the place of the other; empty for items.</summary>
    public List<string> Groups { get; set; } = [];

    /// <summary>Parent of the item before the merge; null for a party and for a topmost item.</summary>
    public string? Parent { get; set; }
}
