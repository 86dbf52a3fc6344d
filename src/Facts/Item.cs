namespace Facts;

/// <summary>Something that can be given; a node of the item tree.</summary>
/// <param name="Code">Unique code in lower case, such as <c>iris-t</c>.</param>
/// <param name="Name">Name for people, such as <c>IRIS-T</c>.</param>
/// <param name="Parent">Code of the wider item; null for a topmost item.</param>
/// <param name="Unit">Unit of claims that give none; null if the item has no usual unit.</param>
public sealed record Item(string Code, string Name, string? Parent, string? Unit);
