namespace Facts.Api.Claims;

/// <summary>
/// The meaning of another number in a row of a file whose claim is stored already. Correct: our record was wrong. Amend: the world changed, on the day on
/// which the file's edition of the article was published.
/// </summary>
internal enum ChangedPolicy { Correct, Amend }
