namespace Facts.Api.Pages;

/// <summary>Something that happened to promises.</summary>
/// <param name="Id">Identifies the event for ever: kind and number.</param>
/// <param name="Day">The day on which it happened or was stated.</param>
/// <param name="Title">The event in a line.</param>
/// <param name="Text">The passage that says so, or the reason.</param>
/// <param name="Address">Path of the page of the thing.</param>
internal sealed record FeedEvent(string Id, DateOnly Day, string Title, string Text, string Address);
