namespace Facts.Api.Imports;

/// <summary>A part of the file of a queued import. See <see cref="StoredFile"/>.</summary>
internal sealed class ImportBlockRow
{
    public long ImportId { get; set; }

    /// <summary>Place in the file, from 0.</summary>
    public int Number { get; set; }

    /// <summary>The bytes of the part, packed.</summary>
    public byte[] Packed { get; set; } = [];
}
