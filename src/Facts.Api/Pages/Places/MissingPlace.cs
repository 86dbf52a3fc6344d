namespace Facts.Api.Pages;

/// <summary>A page for a thing that is not there: the name asked for, and names that may be meant.</summary>
/// <param name="What">The kind of thing: "donor".</param>
/// <param name="Asked">The code or number that was asked for.</param>
/// <param name="Near">Things with a similar name: name and address.</param>
/// <param name="List">Address of the list of all such things.</param>
internal sealed record MissingPlace(string What, string Asked, IReadOnlyList<(string Name, string Address)> Near, string List);
