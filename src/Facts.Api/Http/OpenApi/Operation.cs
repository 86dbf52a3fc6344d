namespace Facts.Api.Http;

/// <summary>The description of one endpoint for the OpenAPI document.</summary>
/// <param name="Id">Verb and noun: <c>listClaims</c>.</param>
/// <param name="Tag">The room, as in the URL.</param>
/// <param name="Summary">One line.</param>
internal sealed record Operation(string Id, string Tag, string Summary)
{
    public string Description { get; init; } = "";

    /// <summary>Query parameters. The handler takes their values from <see cref="Parameters.From"/>.</summary>
    public IReadOnlyList<ParameterSpec> Query { get; init; } = [];

    /// <summary>Descriptions and examples of the parameters in the path.</summary>
    public IReadOnlyList<ParameterSpec> Path { get; init; } = [];

    /// <summary>Request headers, such as Idempotency-Key.</summary>
    public IReadOnlyList<ParameterSpec> Headers { get; init; } = [];

    /// <summary>Wire record of the request body; null for none.</summary>
    public Type? Body { get; init; }

    /// <summary>
    /// Members that the validator of the body asks for, and that a caller may leave out here: the path gives them, or a patch leaves them as they are.
    /// </summary>
    public IReadOnlyList<string> MayOmit { get; init; } = [];

    /// <summary>Bodies as JSON text, by name; Swagger UI starts with the first.</summary>
    public IReadOnlyList<(string Name, string Json)> Examples { get; init; } = [];

    /// <summary>True if the body is an array of such records.</summary>
    public bool IsBodyList { get; init; }

    /// <summary>Bodies of other media types, by name.</summary>
    public IReadOnlyList<(string Media, string Name, string Text)> TextExamples { get; init; } = [];

    /// <summary>Media types of the request body.</summary>
    public IReadOnlyList<string> Consumes { get; init; } = ["application/json"];

    /// <summary>Type of the answer: a type, or a <see cref="RowShape"/>; null for no body.</summary>
    public object? Answer { get; init; }

    /// <summary>True if the answer is a list of such rows, in the envelope and in the other formats.</summary>
    public bool IsList { get; init; }

    /// <summary>True if the answer is a stream of Server-Sent Events.</summary>
    public bool IsStream { get; init; }

    /// <summary>Media type of an answer that is a picture; null for other answers.</summary>
    public string? Picture { get; init; }

    /// <summary>True if the answer must not be cached and never answers 304.</summary>
    public bool IsNeverCached { get; init; }

    /// <summary>The formats of the answer.</summary>
    public IReadOnlyList<Format> Offers { get; init; } = Format.ForItem;

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Further successful answers: status and reason.</summary>
    public IReadOnlyList<(int Status, string When)> Also { get; init; } = [];

    /// <summary>Type of a 422 answer that is not a plain problem; null if there is none.</summary>
    public Type? Refusal { get; init; }

    /// <summary>Errors of this endpoint, in addition to those that every endpoint of its kind can give.</summary>
    public IReadOnlyList<ProblemKind> Errors { get; init; } = [];
}
