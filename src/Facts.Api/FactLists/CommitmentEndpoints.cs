using Facts.Api.Http;

namespace Facts.Api.FactLists;

internal static class CommitmentEndpoints
{
    public static void MapCommitments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/commitments", ListAsync).WithOperation(CommitmentListSchema.Fields, new("listCommitments", "commitments", "List commitments")
        {
            Description = "The commitments as they stand at the end of the day `as_of`, from what was recorded by `known_at`.",
        }).KeepsAnswers(KeptAnswers.Counts);
        routes.MapGet("/v1/commitments/{id}", GetAsync).WithOperation(new("getCommitment", "commitments", "Get a commitment")
        {
            Path = [new("id", WireType.Whole, "Number of the commitment.") { Example = "29" }],
            Description = "The commitment with its links and its quoted claims. The number of a commitment that has become part of another one answers 308.",
            Query = ListParameters.Time,
            Answer = CommitmentListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "The commitment has become part of the one at `Location`.")],
            Errors = [Problems.NotFound],
        }).ValidatesParameters();
        routes.MapGet("/v1/commitments/{id}/history", CommitmentHistory.AnswerAsync).WithOperation(
            new("getCommitmentHistory", "commitments", "Get the history of a commitment")
            {
                Path = [new("id", WireType.Whole, "Number of the commitment.") { Example = "29" }],
                Description = "The quoted claims of a commitment and of its deliveries, in order of their days. "
                + "Each line says what the claim changed and how the commitment stood then. "
                + "The number of a commitment that has become part of another one answers 308.",
                Query = ListParameters.Time,
                Answer = CommitmentHistorySchema.Fields.Shape(),
                Also = [(StatusCodes.Status308PermanentRedirect, "The commitment has become part of the one at `Location`.")],
                Errors = [Problems.NotFound],
            }).ValidatesParameters().ReadsSnapshot();
    }

    static Task<IResult> ListAsync(HttpContext http, FactListAnswers facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, CommitmentListSchema.Fields, rows => rows.Commitments, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactListAnswers facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "commitments", CommitmentListSchema.Fields, rows => rows.Commitments, cancel);
}
