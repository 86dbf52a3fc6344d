namespace Facts;

/// <summary>Something that can be given; a node of the tree of kinds.</summary>
/// <param name="Code">A slug, unique.</param>
/// <param name="Name">As a person would say it.</param>
/// <param name="Parent">Code of the wider item; null at the top.</param>
/// <param name="Unit">What it is counted in where a claim names no unit; null where there is no usual one.</param>
public sealed record Item(string Code, string Name, string? Parent, string? Unit);
