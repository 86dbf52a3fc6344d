using Facts.Api.Http;
using Npgsql;

namespace Facts.Api.Tests.Http;

/// <summary>Every error that PostgreSQL knows has its answer.</summary>
public sealed class SqlStateTests
{
    /// <summary>
    /// Classes of statements that the service should not have sent: their answer is 500. All other errors come from the state of the database or from another
    /// writer, and their answer says so.
    /// </summary>
    static readonly string[] FaultsOfTheService =
    [
        "03", "09", "0A", "0B", "0F", "0L", "0P", "0Z", "20", "21", "22", "23", "24", "25", "26", "27", "2B", "2D", "2F", "34", "38", "39", "3B", "3D", "3F", "42",
        "44", "54", "72", "HV", "P0",
    ];

    /// <summary>Errors of these classes that have an answer of their own.</summary>
    static readonly string[] Answered =
    [
        PostgresErrorCodes.UniqueViolation, PostgresErrorCodes.ExclusionViolation, PostgresErrorCodes.ForeignKeyViolation,
        PostgresErrorCodes.UntranslatableCharacter, PostgresErrorCodes.CharacterNotInRepertoire, PostgresErrorCodes.UndefinedTable,
        PostgresErrorCodes.UndefinedColumn, PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.InvalidCatalogName,
        PostgresErrorCodes.ReadOnlySqlTransaction, "25P03",
    ];

    static Problem Of(string state, string message = "a message") =>
        ProblemExceptionHandler.Problem(new InvalidOperationException("outer", new PostgresException(message, "ERROR", "ERROR", state)));

    [Fact]
    public void Each_error_of_PostgreSQLs_own_list_has_the_answer_of_its_class()
    {
        var states = typeof(PostgresErrorCodes).GetFields().Select(f => (string)f.GetValue(null)!).Where(s => s[..2] is not ("00" or "01" or "02")).ToList();
        Assert.True(states.Count > 200, "the list was not found");

        var wrong = states.Where(state =>
        {
            var problem = Of(state);
            var isFault = FaultsOfTheService.Contains(state[..2]) && !Answered.Contains(state);
            return isFault ? problem.Kind != Problems.InternalError
                : problem.Kind == Problems.InternalError || problem.Kind.Status == 503 && !problem.Headers.ContainsKey("Retry-After");
        });
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("XX000", "could not write init file", "storage_full")]
    [InlineData("58030", "could not extend file: No space left on device", "storage_full")]
    [InlineData("53100", "anything", "storage_full")]
    [InlineData("XX000", "cache lookup failed", "unavailable")]
    [InlineData("53300", "sorry, too many clients already", "no_connection")]
    [InlineData("28P01", "password authentication failed", "unavailable")]
    [InlineData("42P01", "relation does not exist", "unavailable")]
    [InlineData("25P03", "terminating connection", "unavailable")]
    [InlineData("40P01", "deadlock detected", "busy")]
    [InlineData("57014", "canceling statement", "query_timeout")]
    public void An_error_says_what_is_the_matter(string state, string message, string code) => Assert.Equal(code, Of(state, message).Kind.Code);

    [Fact]
    public void A_data_directory_that_cannot_be_written_is_named_and_no_fault()
    {
        Exception[] refusals = [new UnauthorizedAccessException(), new IOException("Read-only file system", 30)];
        Assert.All(refusals, refusal => Assert.Contains("data directory", ProblemExceptionHandler.Problem(refusal).Detail));
    }

    [Fact]
    public void A_silent_database_is_no_slow_query_and_no_fault()
    {
        Exception[] silences =
        [
            new TimeoutException(),
            new InvalidOperationException("outer", new TimeoutException()),
            new NpgsqlException("Exception while reading from stream", new TimeoutException()),
        ];
        Assert.All(silences, silence => Assert.Equal("unavailable", ProblemExceptionHandler.Problem(silence).Kind.Code));
    }
}
