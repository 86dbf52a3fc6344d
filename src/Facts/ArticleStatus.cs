namespace Facts;

/// <summary>Status of an article. Claims of a retracted article do not count; claims of the other two do.</summary>
public enum ArticleStatus { Active, Corrected, Retracted }
