using System.Buffers;
using System.IO.Compression;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Imports;

/// <summary>
/// The file of a queued import, read from the store. It lies there in packed blocks, so that any service on the store can run the import and a backup has it.
/// A block is read when the one before it is used up, on a connection that is given back at once.
/// </summary>
/// <param name="source">Connections that read.</param>
/// <param name="import">Id of the import.</param>
/// <param name="length">Size of the unpacked file, in bytes.</param>
internal sealed class StoredFile(ReadSource source, long import, long length) : Stream
{
    /// <summary>Unpacked size of a block. One block is in memory at a time.</summary>
    const int BlockSize = 4 << 20;

    // The quickest packing: text of claims shrinks to about a sixth, and the database writes that much less.
    const int PackingQuality = 1, PackingWindow = 22;

    readonly byte[] _block = new byte[BlockSize];
    long _number = -1;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get; set; }

    /// <summary>Stores a file in the open transaction of the context. The caller has stored the import.</summary>
    public static async Task StoreAsync(FactsContext database, long import, Stream file, CancellationToken cancel)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(BlockSize));
        try
        {
            for (var number = 0; ; number++)
            {
                var count = await file.ReadAtLeastAsync(block.AsMemory(0, BlockSize), BlockSize, throwOnEndOfStream: false, cancel);
                if (count == 0) return;
                if (!BrotliEncoder.TryCompress(block.AsSpan(0, count), packed, out var size, PackingQuality, PackingWindow))
                    throw new InvalidOperationException("A block is larger than its greatest packed size.");
                await database.CopyInAsync([new ImportBlockRow { ImportId = import, Number = number, Packed = packed[..size] }], cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>Deletes the file of an import that has ended.</summary>
    public static Task DeleteAsync(FactsContext database, long import, CancellationToken cancel) =>
        database.Set<ImportBlockRow>().Where(b => b.ImportId == import).ExecuteDeleteAsync(cancel);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var (number, offset) = Math.DivRem(Position, BlockSize);
        var count = (int)Math.Min(buffer.Length, Math.Min(BlockSize - offset, length - Position));
        if (count <= 0) return 0;
        if (number != _number) await ReadBlockAsync(number, cancellationToken);
        _block.AsMemory((int)offset, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stored file is read asynchronously.");

    async Task ReadBlockAsync(long number, CancellationToken cancel)
    {
        await using var command = source.Source.CreateCommand("select packed from import_blocks where import_id = $1 and number = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = import });
        command.Parameters.Add(new NpgsqlParameter { Value = (int)number });
        var packed = await command.ExecuteScalarAsync(cancel) as byte[]
            ?? throw new InvalidOperationException($"Block {number} of import {import} is missing.");
        if (!BrotliDecoder.TryDecompress(packed, _block, out _)) throw new InvalidDataException($"Block {number} of import {import} is damaged.");
        _number = number;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
