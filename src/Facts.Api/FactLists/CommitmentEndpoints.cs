using Facts.Api.Http;

namespace Facts.Api.FactLists;

internal static class CommitmentEndpoints
{
    public static void MapCommitments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/commitments", ListAsync).WithOperation(FactListSchemas.Commitments, new("listCommitments", "commitments", "List commitments")
        {
            Description = "How each stands at the end of `as_of`, from what was recorded by `known_at`.",
        });
        routes.MapGet("/v1/commitments/{id}", GetAsync).WithOperation(new("getCommitment", "commitments", "Get one of the commitments")
        {
            Path = [new("id", WireType.Whole, "Number of the fact.") { Example = "29" }],
            Description = "With its links and its claims with their quotes. One that is now part of another answers 308.",
            Query = ListParameters.Time,
            Answer = FactListSchemas.Commitments.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "It is now part of another.")],
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapGet("/v1/commitments/{id}/history", CommitmentHistory.AnswerAsync).WithOperation(new("getCommitmentHistory", "commitments", "Follow one of the commitments")
        {
            Path = [new("id", WireType.Whole, "Number of the fact.") { Example = "29" }],
            Description = "Its claims and those of what was delivered to it, with their quotes, in order of their days: what each changed, and how it stood then. "
                + "One that is now part of another answers 308.",
            Query = ListParameters.Time,
            Answer = CommitmentHistory.Fields.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "It is now part of another.")],
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
    }

    static Task<IResult> ListAsync(HttpContext http, FactListAnswers facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, FactListSchemas.Commitments, rows => rows.Commitments, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactListAnswers facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "commitments", FactListSchemas.Commitments, rows => rows.Commitments, cancel);
}
