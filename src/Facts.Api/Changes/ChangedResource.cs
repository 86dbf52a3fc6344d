using System.Text.Json;

namespace Facts.Api.Changes;

/// <summary>An article, party, item, perimeter or decision that a change made, changed or deleted.</summary>
/// <param name="Type">The type, as in its URL: <c>articles</c>.</param>
/// <param name="Id">The number or code.</param>
/// <param name="Action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
internal sealed record ChangedResource(string Type, JsonElement Id, string Action);
