using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>The store on connections that only read: <see cref="ReadSource"/>. A GET gets this one where it asks for a <see cref="FactsContext"/>.</summary>
internal sealed class ReadContext(DbContextOptions<ReadContext> options) : FactsContext(options);
