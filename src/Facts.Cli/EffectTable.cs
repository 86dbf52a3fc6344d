using System.Text.Json;

namespace Facts.Cli;

internal static class EffectTable
{
    public static void Write(JsonElement effect)
    {
    }
}
