namespace Facts.Api.Http;

/// <summary>One sort of error: a line in <see cref="Problems"/> and in the README's table.</summary>
/// <param name="Code">Its wire name, which clients may switch on.</param>
/// <param name="Status">The HTTP status it is answered with when it stands alone.</param>
/// <param name="Title">The same for every occurrence.</param>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    /// <summary>An occurrence with nothing more precise to point at.</summary>
    public Problem Because(string detail) => new(this, detail, []);

    /// <summary>An occurrence at one place.</summary>
    public Problem At(ProblemError error) => new(this, error.Message, [error with { Code = Code }]);
}
