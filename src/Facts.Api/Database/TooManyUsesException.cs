namespace Facts.Api.Database;

/// <summary>As many requests of one kind run as may run at once: see <see cref="UseLimits"/>.</summary>
internal sealed class TooManyUsesException(LongUse use) : Exception($"Too many at once: {use}.")
{
    public LongUse Use { get; } = use;
}
