namespace Facts.Api.Pages;

/// <summary>Something that is marked below the lines of a chart over time.</summary>
/// <param name="Lane">One of <see cref="Lanes"/>.</param>
/// <param name="Day">The day of the mark.</param>
/// <param name="Text">The event in a line.</param>
/// <param name="Address">Path of its page.</param>
internal sealed record TimelineEvent(string Lane, DateOnly Day, string Text, string Address)
{
    public const string Promised = "promised", Changed = "changed", Arrived = "delivered", Due = "due";

    /// <summary>The lanes from top to bottom.</summary>
    public static readonly string[] Lanes = [Promised, Changed, Arrived, Due];

    /// <summary>The mark of a lane: a path around a point.</summary>
    public static string Shape(string lane, double x, double y) => $"M{Svg.N(x)} {Svg.N(y - 5)}" + lane switch
    {
        Promised => "l5 9h-10Z",
        Changed => "m-4 1h8v8h-8Z",
        Arrived => "a5 5 0 1 0 .01 0Z",
        _ => "l5 5l-5 5l-5-5Z",
    };
}
