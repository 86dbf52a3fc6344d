namespace Facts;

/// <summary>Who is named as saying it.</summary>
public enum Attribution { Named, Anonymous, Document, Unattributed }
