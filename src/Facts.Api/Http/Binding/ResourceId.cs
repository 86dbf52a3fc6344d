using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Facts.Api.Http;

/// <summary>The number of a resource in a path. A resource has one address, so <c>01</c>, <c>+1</c> and <c> 1</c> are no ids.</summary>
internal static class ResourceId
{
    public static bool TryParse([NotNullWhen(true)] string? text, out long number)
    {
        number = 0;
        return text is [>= '1' and <= '9', ..] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
