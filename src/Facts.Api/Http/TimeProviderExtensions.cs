namespace Facts.Api.Http;

/// <summary>The current day, for code that needs no time of day.</summary>
internal static class TimeProviderExtensions
{
    extension(TimeProvider clock)
    {
        /// <summary>The current day (UTC).</summary>
        public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
    }
}
