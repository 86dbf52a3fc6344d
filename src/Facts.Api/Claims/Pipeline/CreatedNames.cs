namespace Facts.Api.Claims;

/// <summary>The parties and items that an import created; of a dry run, those that it would create.</summary>
/// <param name="PartyCount">Number of all parties created.</param>
/// <param name="Parties">The first 100 parties, in the order of their rows.</param>
/// <param name="ItemCount">Number of all items created.</param>
/// <param name="Items">The first 100 items, in the order of their rows.</param>
internal sealed record CreatedNames(int PartyCount, IReadOnlyList<CreatedName> Parties, int ItemCount, IReadOnlyList<CreatedName> Items)
{
    /// <summary>Length of each list.</summary>
    public const int MaxListed = 100;

    public static CreatedNames None { get; } = new(0, [], 0, []);
}

/// <summary>A party or item that an import created.</summary>
/// <param name="Code">Its code, made from the name.</param>
/// <param name="Name">Its name, as the file gives it.</param>
internal sealed record CreatedName(string Code, string Name);
