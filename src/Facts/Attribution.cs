namespace Facts;

/// <summary>Naming of a claim's speaker in the article.</summary>
public enum Attribution { Named, Anonymous, Document, Unattributed }
