using Facts.Api.Http;

namespace Facts.Api.Balances;

/// <summary>
/// Counts the rows of an answer, on all its days, and ends the question where they are too many. Rows are in memory together, since they are sorted.
/// </summary>
internal sealed class RowLimit
{
    /// <summary>The most rows of one answer. They take about 100 MB.</summary>
    public const int Most = 100_000;

    int _rows;

    /// <summary>Counts one row more.</summary>
    public void Count()
    {
        if (++_rows > Most)
            throw new ProblemException(Problems.TooManyRows.Because(
                $"the balance has more than {Most} rows; ask for one donor, recipient or item, for fewer groups, or for fewer days"));
    }
}
