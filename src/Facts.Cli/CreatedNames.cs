namespace Facts.Cli;

/// <summary>The parties and items that an import created.</summary>
internal sealed record CreatedNames(long PartyCount, IReadOnlyList<CreatedName> Parties, long ItemCount, IReadOnlyList<CreatedName> Items)
{
    /// <summary>The number of names of a kind that are printed: about half a screen.</summary>
    const int Shown = 20;

    /// <summary>Prints one line for each party and item, as many as fit.</summary>
    public void Write(string file, bool isStored)
    {
        Write(file, PartyCount, Parties, "party", "parties", isStored);
        Write(file, ItemCount, Items, "item", "items", isStored);
    }

    static void Write(string file, long count, IReadOnlyList<CreatedName> names, string one, string several, bool isStored)
    {
        if (count == 0) return;
        var verb = isStored ? "created" : "would create";
        Console.Out.WriteLine($"{file}: {verb} {count} {(count == 1 ? one : several)}: "
            + string.Join(", ", names.Take(Shown).Select(n => n.Code == n.Name ? n.Code : $"{n.Code} ({n.Name})")) + (count > Shown ? ", …" : ""));
    }
}

/// <summary>A party or item that an import created.</summary>
internal sealed record CreatedName(string Code, string Name);
