namespace Facts;

/// <summary>Whether an article's claims count: those of a retracted one do not.</summary>
public enum ArticleStatus { Active, Corrected, Retracted }
