namespace Facts.Api.Http;

/// <summary>What a clock says besides the moment.</summary>
internal static class TimeProviderExtensions
{
    extension(TimeProvider clock)
    {
        /// <summary>The day it is (UTC).</summary>
        public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
    }
}
